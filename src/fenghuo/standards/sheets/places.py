"""Where a cell stands. Rows and columns are counted from 1, as Excel shows them."""

from functools import cache
from typing import NamedTuple

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384


class Place(NamedTuple):
    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """B7."""
        return f"{letters(self.column)}{self.row}"


class Area(NamedTuple):
    """A merged range, its edges included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def address(self) -> str:
        return f"{letters(self.left)}{self.top}:{letters(self.right)}{self.bottom}"


@cache
def letters(column: int) -> str:
    """1 → A, 28 → AB."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


@cache
def column_of(name: str) -> int:
    """A → 1, AB → 28."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number
