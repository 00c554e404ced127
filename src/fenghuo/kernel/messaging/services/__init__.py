from .calling import note_call
from .changing import approve_messages, cancel_messages, may_be_sent_again, read_message, send_again, settle_failure
from .incoming import settle_incoming
from .notifying import Notice, notify, notify_each

__all__ = [
    "Notice",
    "approve_messages",
    "cancel_messages",
    "may_be_sent_again",
    "note_call",
    "notify",
    "notify_each",
    "read_message",
    "send_again",
    "settle_failure",
    "settle_incoming",
]
