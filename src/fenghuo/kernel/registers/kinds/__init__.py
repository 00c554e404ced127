"""What kinds of values a column holds: how one is read, shown, said to machines and asked for in a form."""

from .choices import Choice, Choices, Many
from .numbers import Day, Degrees, Instant, Whole
from .places import Place, UnitNamed
from .texts import Kind, Lines, Several, Telephone, Text, Unreadable

__all__ = [
    "Choice",
    "Choices",
    "Day",
    "Degrees",
    "Instant",
    "Kind",
    "Lines",
    "Many",
    "Place",
    "Several",
    "Telephone",
    "Text",
    "UnitNamed",
    "Unreadable",
    "Whole",
]
