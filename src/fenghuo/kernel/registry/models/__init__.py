from .counters import Counter
from .names import Name, NameKind

__all__ = ["Counter", "Name", "NameKind"]
