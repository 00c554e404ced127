"""Single cells: what a county writes there, and what it means."""

from .read import NOTHING, Position, Read, Scalar, Unreadable
from .reading import read_value

__all__ = ["NOTHING", "Position", "Read", "Scalar", "Unreadable", "read_value"]
