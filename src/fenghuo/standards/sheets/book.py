"""A file as it was read: sheets of cells, nothing understood yet."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal

from .places import Area

type Form = Literal["xlsx", "xlsm", "xls", "csv", "html"]


@dataclass(frozen=True, slots=True)
class CellError:
    """#N/A, #REF! and their like."""

    code: str


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """A formula whose value nobody has computed."""

    formula: str


@dataclass(frozen=True, slots=True)
class Literally:
    """A text that its author marked as text ('无): no sign for an empty cell, no 〃."""

    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A number that the sheet shows with something to it: 0.85 as 85%, 200 as 200亩, 2012.1 as 2012.10."""

    value: int | float
    percent: bool = False
    unit: str = ""
    places: int | None = None


type Raw = (
    str | int | float | bool | date | datetime | time | timedelta | CellError | Uncomputed | Literally | Shown | None
)


@dataclass(slots=True)
class Sheet:
    """`rows[r - 1][c - 1]` is the cell of row r and column c; rows may be shorter than others.

    `quoted`: cells whose author marked them as text (an apostrophe in front): they are no sum, no group, no heading.
    """

    name: str
    rows: list[list[Raw]]
    merged: tuple[Area, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False
    pictures: bool = False
    quoted: frozenset[tuple[int, int]] = frozenset()

    def cell(self, row: int, column: int) -> Raw:
        try:
            return self.rows[row - 1][column - 1]
        except IndexError:
            return None


@dataclass(slots=True)
class Book:
    path: Path
    form: Form
    sheets: list[Sheet]
    left_out: tuple[str, ...] = ()  # codes of messages.csv: "lost.macros" …


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read. Bytes are those of the file and of what it unpacks to; cells those that hold something."""

    file_bytes: int = 60 * 1024 * 1024
    unpacked_bytes: int = 300 * 1024 * 1024
    ratio: int = 200
    entries: int = 4000
    columns: int = 400
    rows: int = 100_000
    cells: int = 1_500_000
    text: int = 32_767  # characters in a cell, Excel's own limit


LIMITS = Limits()
