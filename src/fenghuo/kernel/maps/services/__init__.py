from .closing import change_closure, close_road, lift_closure
from .values import ClosureValues

__all__ = ["ClosureValues", "change_closure", "close_road", "lift_closure"]
