from .calling import note_call
from .changing import approve_messages, cancel_messages, read_message, send_again, settle_failure
from .each import Notice, notify_each
from .incoming import settle_incoming
from .notifying import notify

__all__ = [
    "Notice",
    "approve_messages",
    "cancel_messages",
    "note_call",
    "notify",
    "notify_each",
    "read_message",
    "send_again",
    "settle_failure",
    "settle_incoming",
]
