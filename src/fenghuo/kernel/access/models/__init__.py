from .accounts import Account
from .people import Person, Post
from .records import Record, RecordSubject, Share
from .regions import Region
from .tokens import Token
from .units import Line, Supervision, Unit

__all__ = [
    "Account",
    "Line",
    "Person",
    "Post",
    "Record",
    "RecordSubject",
    "Region",
    "Share",
    "Supervision",
    "Token",
    "Unit",
]
