from .calling import note_call
from .changing import approve_messages, cancel_messages, read_message, send_again, settle_failure
from .incoming import settle_incoming
from .notifying import notify

__all__ = [
    "approve_messages",
    "cancel_messages",
    "note_call",
    "notify",
    "read_message",
    "send_again",
    "settle_failure",
    "settle_incoming",
]
