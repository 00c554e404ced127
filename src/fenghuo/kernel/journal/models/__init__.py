from .destroyed import Destroyed
from .entries import Entry, EntryAbout, Private
from .positions import Lease, Position, Unnumbered
from .seals import Seal, SealHead

__all__ = [
    "Destroyed",
    "Entry",
    "EntryAbout",
    "Lease",
    "Position",
    "Private",
    "Seal",
    "SealHead",
    "Unnumbered",
]
