from .refusing import CannotRestore
from .restore import Restored, restore

__all__ = ["CannotRestore", "Restored", "restore"]
