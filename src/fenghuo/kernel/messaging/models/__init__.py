from .incoming import Incoming, IncomingKind
from .messages import LEFT, NOT_LEFT, STOPPED, Attempt, ChannelName, Message, MessageState, Outcome

__all__ = [
    "LEFT",
    "NOT_LEFT",
    "STOPPED",
    "Attempt",
    "ChannelName",
    "Incoming",
    "IncomingKind",
    "Message",
    "MessageState",
    "Outcome",
]
