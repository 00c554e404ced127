"""Working days: the State Council's yearly table of days off and days made up for (法定节假日安排)."""

from .days import Calendar, shipped
from .notice import Contradiction, Table, Wrong, read_notice

__all__ = ["Calendar", "Contradiction", "Table", "Wrong", "read_notice", "shipped"]
