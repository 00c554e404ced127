"""What reading a file gives: tables of rows, each value with its cell, and an account of every row of every sheet."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .book import CellError, Literally, Raw, Uncomputed
from .faults import Fault
from .places import Place, letters
from .values import Scalar, Unreadable
from .values.read import About, Precision
from .values.reading import shown

type HeadingState = Literal["mapped", "serial", "ignored", "unknown", "ambiguous"]
type RowKind = Literal[
    "title",
    "header",
    "repeated_header",
    "record",
    "hidden",
    "group",
    "subtotal",
    "note",
    "signature",
    "blank",
    "outside",
]
type Part = Literal["", "longitude", "latitude", "both"]
RECORDS: frozenset[RowKind] = frozenset({"record", "hidden"})


@dataclass(slots=True)
class Heading:
    """A column, or in cards a word on the left.

    `text`: its rows joined, 联系人/姓名. `key`: what `mapping` may call it; the text, with @F behind where two columns
    have the same. `candidates`: fields it may mean, for the dialog. `unit`: what it says in brackets.
    `crs`: gcj02, bd09 or wgs84 where it names a system of coordinates. `filled`: cells under it that say something.
    """

    column: int
    path: tuple[str, ...]
    key: str
    state: HeadingState = "unknown"
    field: str | None = None
    part: Part = ""
    confidence: float = 0.0
    unit: str = ""
    crs: str = ""
    candidates: tuple[str, ...] = ()
    hidden: bool = False
    filled: int = 0

    @property
    def text(self) -> str:
        return "/".join(self.path)


@dataclass(frozen=True, slots=True)
class Value:
    """`raw` is what the cell holds, `value` what was read. `carried`: it stands in a cell above (〃, merged)."""

    field: str
    place: Place
    raw: Raw
    value: Scalar
    about: About = ""
    counted_in: str = ""
    precision: Precision = ""
    carried: bool = False

    @property
    def given(self) -> str:
        return given(self.raw)


@dataclass(slots=True)
class Row:
    """One thing of the list. `number`: its (first) row in the sheet. `group`: the group row above it, 一、草堂街道.

    `places`: where each field's cell is, also an empty one. `repeats`: an earlier row that says the very same.
    """

    sheet: str
    number: int
    places: Mapping[str, Place]
    values: dict[str, Value] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    group: str = ""
    hidden: bool = False
    repeats: int | None = None

    @property
    def ok(self) -> bool:
        """Whether it may go in: no errors, warnings at most."""
        return all(fault.weight != "error" for fault in self.faults)

    def value(self, name: str) -> Scalar:
        """What was read for the field; None when nothing was."""
        found = self.values.get(name)
        return found.value if found else None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet that is no record, and what it was taken for."""

    row: int
    kind: RowKind
    text: str


@dataclass(slots=True)
class Table:
    """`kinds`: each non-empty row of its part of the sheet, and what it is. `lines`: those that are no records.

    A blank row has nothing but its serial number; one with nothing at all is not counted.
    """

    sheet: str
    headings: list[Heading]
    rows: list[Row] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    kinds: dict[int, RowKind] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    cards: bool = False

    def account(self) -> Counter[RowKind]:
        """How many rows of each kind; together the non-empty rows of this part of the sheet."""
        return Counter(self.kinds.values())

    @property
    def questions(self) -> list[Heading]:
        """Columns that nobody has explained yet, with something under them."""
        return [one for one in self.headings if one.state in ("unknown", "ambiguous") and one.filled]


@dataclass(frozen=True, slots=True)
class SheetAccount:
    """`rows`: how many are not empty; `kinds` adds up to it. `why`: a code of messages.csv when it was not read."""

    sheet: str
    rows: int
    kinds: Counter[RowKind]
    why: str = ""


@dataclass(slots=True)
class Reading:
    """All that one file says about one list. `faults`: about the file as a whole; those of tables and rows beside.

    `seen`: the likeliest headings of a file in which no such list was found, for a person to map.
    """

    tables: list[Table]
    accounts: list[SheetAccount]
    faults: list[Fault] = field(default_factory=list)
    seen: list[Heading] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        return [row for table in self.tables for row in table.rows]

    @property
    def all_faults(self) -> list[Fault]:
        """Every fault, for the marked copy."""
        found = list(self.faults)
        for table in self.tables:
            found += table.faults
            for row in table.rows:
                found += row.faults
        return found


def given(raw: Raw) -> str:
    """A cell in words, whatever it holds."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, CellError):
        return raw.code
    if isinstance(raw, Uncomputed):
        return raw.formula
    if isinstance(raw, Literally):
        return raw.text
    try:
        return shown(raw)
    except Unreadable:
        return format(raw, ".15g") if isinstance(raw, int | float) else str(raw)


def column_key(text: str, column: int) -> str:
    return f"{text}@{letters(column)}"
