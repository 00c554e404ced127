from .counters import Counter
from .merging import Merged, Moved, NotSame
from .names import Name, NameKind

__all__ = ["Counter", "Merged", "Moved", "Name", "NameKind", "NotSame"]
