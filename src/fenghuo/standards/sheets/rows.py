"""Cells of one row into one record: values, what is wrong with them, positions out of two columns."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .book import Raw
from .faults import NO_PARAMS, Fault, Weight
from .fields import Field, Kind, Layout
from .places import Place
from .table import Heading, Part, Row, Value, given
from .values import NOTHING, Position, Read, Unreadable, read_value
from .values.degrees import swapped
from .words import ABOVE

MOST_REMEMBERED = 20_000
PARTS: dict[Part, Kind] = {"longitude": "longitude", "latitude": "latitude", "both": "coordinates"}


@dataclass(slots=True)
class Column:
    """A heading with its field, and what its texts have been read as before."""

    heading: Heading
    field: Field
    part: Part
    unit: str
    above: Raw = None
    memo: dict[str, Read] = dataclasses.field(default_factory=dict)
    read_as: Field = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        kind = PARTS.get(self.part)
        self.read_as = dataclasses.replace(self.field, kind=kind) if kind else self.field

    def read(self, raw: Raw) -> Read:
        """Raises: Unreadable."""
        if type(raw) is not str:
            return read_value(raw, self.read_as, self.unit)
        known = self.memo.get(raw)
        if known is None:
            known = read_value(raw, self.read_as, self.unit)
            if len(self.memo) >= MOST_REMEMBERED:
                self.memo.clear()
            self.memo[raw] = known
        return known


@dataclass(slots=True)
class Cell:
    """`carried`: the value stands in the cell that is merged over this one."""

    column: Column
    place: Place
    raw: Raw
    carried: bool = False


@dataclass(slots=True)
class RowReader:
    layout: Layout
    pairs: list[tuple[str, str]] = dataclasses.field(default_factory=list)  # (longitude, latitude) fields

    def __post_init__(self) -> None:
        kinds = {one.kind: one.name for one in reversed(self.layout.fields)}
        if "longitude" in kinds and "latitude" in kinds:
            self.pairs.append((kinds["longitude"], kinds["latitude"]))

    def read(self, row: Row, cells: Iterable[Cell]) -> Row:
        """Fills the row. A cell that cannot be read is a fault and no value."""
        parts: dict[Part, Cell] = {}
        turned: dict[str, Cell] = {}
        for cell in cells:
            column, raw = cell.column, cell.raw
            kind = column.field.kind
            if type(raw) is str and raw.strip() in ABOVE:
                raw = self._above(row, cell)
                if raw is None:
                    continue
                cell.raw, cell.carried = raw, True
            elif raw is not None:
                column.above = raw
            if raw is None:
                continue
            if column.part in ("longitude", "latitude"):
                parts[column.part] = cell
                continue
            try:
                read = column.read(raw)
            except Unreadable as error:
                row.faults.append(fault_of(error, cell))
                if kind in ("longitude", "latitude"):
                    turned[column.field.name] = cell
                continue
            if column.part == "both":
                self._split(row, cell, read)
            else:
                put(row, cell, read)
        for longitude, latitude in self.pairs:
            if longitude in turned and latitude in turned:
                self._turn(row, turned[longitude], turned[latitude])
        if parts:
            self._join(row, parts)
        self._require(row)
        return row

    def _above(self, row: Row, cell: Cell) -> Raw:
        """What 〃 stands for. None when it cannot stand for anything; the fault says so."""
        if not cell.column.field.carries_on:
            row.faults.append(fault("cell.ditto", cell, cell.raw))
        elif cell.column.above is None:
            row.faults.append(fault("cell.ditto_nothing", cell, cell.raw))
        else:
            return cell.column.above
        return None

    def _split(self, row: Row, cell: Cell, read: Read) -> None:
        if isinstance(read.value, Position) and self.pairs:
            longitude, latitude = self.pairs[0]
            for name, value in ((longitude, read.value.longitude), (latitude, read.value.latitude)):
                row.values[name] = Value(name, cell.place, cell.raw, value)

    def _turn(self, row: Row, east: Cell, north: Cell) -> None:
        """Longitude in the latitude's column and the other way round: read, and said."""
        found = swapped(east.raw, north.raw)
        if found is None:
            return
        names = (east.column.field.name, north.column.field.name)
        row.faults[:] = [one for one in row.faults if one.field not in names]
        for read, cell, source in ((found[0], east, north), (found[1], north, east)):
            put(row, cell, read, source)

    def _join(self, row: Row, parts: dict[Part, Cell]) -> None:
        """One position out of the columns 经度 and 纬度."""
        east, north = parts.get("longitude"), parts.get("latitude")
        reads: list[Read] = []
        errors: list[Fault] = []
        for cell in (east, north):
            if cell is None:
                continue
            try:
                reads.append(cell.column.read(cell.raw))
            except Unreadable as error:
                errors.append(fault_of(error, cell))
        if east and north and len(errors) == 2 and (found := swapped(east.raw, north.raw)):
            reads, errors = list(found), []
        row.faults += errors
        known = [read for read in reads if read.value is not None]
        cell = east or north
        assert cell is not None
        if errors or not known:
            return
        if len(known) < 2 or east is None or north is None:
            row.faults.append(fault("position.half", cell, cell.raw))
            return
        longitude, latitude = known[0].value, known[1].value
        value = Position(latitude, longitude)  # type: ignore[arg-type]
        both = Cell(east.column, east.place, f"{given(east.raw)}, {given(north.raw)}")
        put(row, both, Read(value, known[0].warnings))

    def _require(self, row: Row) -> None:
        """What must be there; a row that says nothing of its key cannot be told from others."""
        keys = [name for name in self.layout.key if name in row.places]
        if keys and not any(name in row.values for name in self.layout.key):
            self._lack(row, self.layout.field(keys[0]))
        for one in self.layout.fields:
            if one.required and one.name not in row.values and one.name in row.places:
                self._lack(row, one)

    @staticmethod
    def _lack(row: Row, field: Field) -> None:
        if not any(one.field == field.name and one.weight == "error" for one in row.faults):
            params = {"heading": field.headings[0]}
            row.faults.append(Fault("value.required", params=params, field=field.name, place=row.places[field.name]))


def put(row: Row, cell: Cell, read: Read, source: Cell | None = None) -> None:
    if read is NOTHING or read.value is None:
        return
    field = cell.column.field.name
    place, raw = (source or cell).place, (source or cell).raw
    row.values[field] = Value(field, place, raw, read.value, read.about, read.counted_in, read.precision, cell.carried)
    for code, params in read.warnings:
        row.faults.append(fault(code, cell, raw, params, "warning"))


def fault(code: str, cell: Cell, raw: Raw, params: Mapping[str, str] = NO_PARAMS, weight: Weight = "error") -> Fault:
    """A fault of a cell; it names the cell's heading."""
    named = {"heading": cell.column.heading.text, **params}
    return Fault(code, given(raw), named, cell.column.field.name, cell.place, weight)


def fault_of(error: Unreadable, cell: Cell) -> Fault:
    return fault(error.code, cell, cell.raw, error.params)
