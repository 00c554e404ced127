from .destroyed import Destroyed
from .entries import Entry, EntryAbout, Private
from .positions import Lease, Position, Unnumbered

__all__ = ["Destroyed", "Entry", "EntryAbout", "Lease", "Position", "Private", "Unnumbered"]
