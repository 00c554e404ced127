from .entries import Entry, EntryAbout, Private
from .positions import Lease, Position, Unnumbered

__all__ = ["Entry", "EntryAbout", "Lease", "Position", "Private", "Unnumbered"]
