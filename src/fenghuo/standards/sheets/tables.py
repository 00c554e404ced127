"""The rows under a header, one after the other."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal

from .book import Raw
from .faults import Fault
from .fields import Layout
from .grid import Grid
from .headers import Header, Mapped, header_at, settle
from .headings import Vocabulary
from .lines import NUMBERED, kind_of
from .places import Place
from .rows import Cell, Column, RowReader
from .table import Heading, Line, Row, RowKind, Table, given
from .values.units import converted, is_measure

UNIT_SAID = re.compile(r"(?:计量)?单位[:：]\s*([^\s,，;；。)）]{1,6})")
LONGEST_LINE = 80
ONE = Decimal(1)


class TableReader:
    def __init__(
        self, grid: Grid, layout: Layout, words: Vocabulary, mapping: Mapped, hidden_rows: Literal["take", "leave"]
    ) -> None:
        self.grid, self.layout, self.words, self.mapping = grid, layout, words, mapping
        self.hidden_rows = hidden_rows
        self.rows = RowReader(layout)

    def read(self, header: Header) -> list[Table]:
        """A table for each header of the sheet, and for each of several lists side by side."""
        tables: list[Table] = []
        start = 1
        found: Header | None = header
        while found is not None:
            following = self._next_header(found)
            end = following.top - 1 if following else self.grid.height
            for columns in _side_by_side(found.headings):
                tables.append(_Region(self, found, columns, start, end).read())
            start, found = end + 1, following
        return tables

    def _next_header(self, header: Header) -> Header | None:
        """The next header with other columns; one with the same is only repeated."""
        repeated, quoted = _Repeated(self.grid, header), self.grid.sheet.quoted
        for row in range(header.bottom + 1, self.grid.height + 1):
            cells = self.grid.sheet.rows[row - 1]
            hits = sum(1 for raw in cells if type(raw) is str and self.words.quick(raw))
            if hits < 2 or any((row, column) in quoted for column in self.grid.filled(row)):
                continue
            if repeated.at(row, self.grid.filled(row)):
                continue
            found = header_at(self.grid, self.words, self.mapping, row)
            if found and found.has_key and found.fields >= max(2, header.fields // 2) and found.share >= 0.5:
                return found
        return None


class _Repeated:
    """Knows the header's own words when they stand again further down."""

    def __init__(self, grid: Grid, header: Header) -> None:
        self.grid = grid
        self.words = {
            (column, word)
            for row in range(header.top, header.bottom + 1)
            for column in range(1, grid.width + 1)
            if (word := grid.word(row, column))
        }

    def at(self, row: int, filled: list[int]) -> bool:
        cells = self.grid.sheet.rows[row - 1]
        texts = [(column, cells[column - 1]) for column in filled]
        if any((row, column) in self.grid.sheet.quoted for column in filled):
            return False
        if not texts or any(type(raw) is not str for _column, raw in texts):
            return False
        same = sum(1 for column, _raw in texts if (column, self.grid.word(row, column)) in self.words)
        return same >= 2 and same * 10 >= len(texts) * 6


def _side_by_side(headings: list[Heading]) -> list[list[Heading]]:
    """序号 姓名 电话 序号 姓名 电话 are two lists next to each other."""
    texts = [heading.text for heading in headings]
    for times in (4, 3, 2):
        width, rest = divmod(len(texts), times)
        if rest == 0 and width >= 2 and texts[:width] * times == texts:
            return [headings[at : at + width] for at in range(0, len(texts), width)]
    return [headings]


class _Region:
    """One table: its columns, from row `start` (its titles) to row `end`."""

    def __init__(self, reader: TableReader, header: Header, headings: list[Heading], start: int, end: int) -> None:
        self.grid, self.layout, self.rows = reader.grid, reader.layout, reader.rows
        self.words, self.take_hidden = reader.words, reader.hidden_rows == "take"
        self.header, self.start, self.end = header, start, end
        alone = len(headings) == len(header.headings)
        self.first = 1 if alone else headings[0].column
        self.last = self.grid.width if alone or headings[-1] is header.headings[-1] else headings[-1].column
        self.table = Table(self.grid.sheet.name, headings)
        self.repeated = _Repeated(self.grid, header)
        self.group = ""
        self.serials: set[int] = set()

    def read(self) -> Table:
        self._count()
        settle(self.table.headings, self.words)
        self.serials = {one.column for one in self.table.headings if one.state == "serial"}
        unit = self._titles()
        columns = list(self._columns(unit))
        places = {one.field.name: one.heading.column for one in columns}
        for row in range(self.header.bottom + 1, self.end + 1):
            filled = self._filled(row)
            if filled:
                self._take(row, filled, columns, places)
        self._ask()
        return self.table

    def _filled(self, row: int) -> list[int]:
        return [column for column in self.grid.filled(row) if self.first <= column <= self.last]

    def _count(self) -> None:
        """How many cells under each heading say something; columns without a heading get one."""
        counts: dict[int, int] = {}
        for row in range(self.header.bottom + 1, self.end + 1):
            filled = self._filled(row)
            if len(filled) > 1:
                for column in filled:
                    counts[column] = counts.get(column, 0) + 1
        for heading in self.table.headings:
            heading.filled = counts.pop(heading.column, 0)
        for column, number in sorted(counts.items()):
            hidden = column in self.grid.sheet.hidden_columns
            self.table.headings.append(Heading(column, (), "", hidden=hidden, filled=number))

    def _titles(self) -> str:
        """Notes the rows above the table; returns the unit that one of them names."""
        unit = ""
        for row in range(self.start, self.header.bottom + 1):
            filled = self._filled(row)
            if not filled:
                continue
            kind: RowKind = "title" if row < self.header.top else "header"
            self._note(row, kind, filled)
            if kind == "title":
                for column in filled:
                    match = UNIT_SAID.search(given(self.grid.own(row, column)))
                    if match and is_measure(match[1]):
                        unit = match[1]
        return unit

    def _columns(self, said: str) -> Iterator[Column]:
        """The columns that are read, each in the unit that its heading, else a title row, names."""
        for heading in self.table.headings:
            if heading.state != "mapped" or heading.field is None:
                continue
            field = self.layout.field(heading.field)
            unit = heading.unit
            if said and not unit and said != field.unit and converted(ONE, said, field.unit) is not None:
                unit = said
                self._fault("heading.unit_from_title", heading, "warning", unit=said)
            yield Column(heading, field, heading.part, unit)

    def _take(self, row: int, filled: list[int], columns: list[Column], places: dict[str, int]) -> None:
        if self.repeated.at(row, filled):
            self._note(row, "repeated_header", filled)
            return
        texts = {column: raw for column in filled if isinstance(raw := self.grid.own(row, column), str)}
        kind = (
            kind_of(self.grid, row, filled, texts, bool(self.table.rows), len(self.table.headings)) if texts else None
        )
        if kind is None and all(column in self.serials and _is_number(self.grid.own(row, column)) for column in filled):
            kind = "blank"
        if kind == "group":
            self.group = " ".join(texts[filled[0]].split())
            self._doubt_group(row, filled[0])
            for column in columns:
                column.above = None
        hidden = row in self.grid.sheet.hidden_rows
        if kind is None and hidden and not self.take_hidden:
            kind = "hidden"
        if kind is not None:
            self._note(row, kind, filled)
            return
        self.table.kinds[row] = "hidden" if hidden else "record"
        self.table.rows.append(self._record(row, columns, places, hidden=hidden))

    def _doubt_group(self, row: int, column: int) -> None:
        """A name alone where names stand: most likely a group, but perhaps a record with nothing else filled in."""
        if NUMBERED.fullmatch(self.group):
            return
        named = any(one.column == column and one.field in self.layout.key for one in self.table.headings)
        if named and (row, column) not in self.grid.areas:
            place = Place(self.table.sheet, row, column)
            self.table.faults.append(
                Fault("row.group", given(self.grid.own(row, column)), place=place, weight="warning")
            )

    def _record(self, number: int, columns: list[Column], places: dict[str, int], *, hidden: bool) -> Row:
        sheet = self.grid.sheet
        row = Row(sheet.name, number, _Places(sheet.name, number, places), group=self.group, hidden=hidden)
        if hidden:
            row.faults.append(Fault("row.hidden", place=Place(sheet.name, number, self.first), weight="warning"))
        return self.rows.read(row, self._cells(row, columns))

    def _cells(self, row: Row, columns: list[Column]) -> Iterator[Cell]:
        cells = self.grid.sheet.rows[row.number - 1]
        width, merged = len(cells), bool(self.grid.anchors)
        for column in columns:
            at = column.heading.column
            raw: Raw = cells[at - 1] if at <= width else None
            if merged and (row.number, at) in self.grid.anchors:
                raw = self.grid.carried(row.number, at)
                if raw is not None:
                    yield from self._carried(row, column, raw)
                continue
            if raw is not None:
                yield Cell(column, Place(row.sheet, row.number, at), raw)

    def _carried(self, row: Row, column: Column, raw: Raw) -> Iterator[Cell]:
        """A cell merged over rows: words hold for each, an amount only once, in its first row."""
        place = Place(row.sheet, row.number, column.heading.column)
        if column.field.carries_on:
            yield Cell(column, place, raw, carried=True)
            return
        area = self.grid.anchors[(place.row, place.column)]
        params = {"cells": area.address, "row": str(area.top), "heading": column.heading.text}
        row.faults.append(Fault("cell.merged", given(raw), params, column.field.name, place, "warning"))

    def _note(self, row: int, kind: RowKind, filled: list[int]) -> None:
        text = " ".join(" ".join(given(self.grid.own(row, column)).split()) for column in filled)
        self.table.kinds[row] = kind
        self.table.lines.append(Line(row, kind, text[:LONGEST_LINE]))

    def _ask(self) -> None:
        """Columns nobody knows, columns that are missing."""
        named = {one.field for one in self.table.headings if one.field}
        if any(one.part == "both" for one in self.table.headings):
            named |= {one.name for one in self.layout.fields if one.kind == "latitude"}
        for heading in self.table.questions:
            code = "heading.unknown_alike" if heading.candidates else "heading.unknown"
            code = "heading.ambiguous" if heading.state == "ambiguous" else code
            self._fault(code, heading, "warning", candidates=self._titles_of(heading.candidates))
        for heading in self.table.headings:
            if heading.hidden and heading.state == "mapped" and heading.filled:
                self._fault("heading.hidden", heading, "warning")
        for field in self.layout.fields:
            if field.required and field.name not in named:
                place = Place(self.table.sheet, self.header.top, self.first)
                params = {"heading": field.headings[0]}
                self.table.faults.append(Fault("heading.required", params=params, field=field.name, place=place))

    def _titles_of(self, names: tuple[str, ...]) -> str:
        return "、".join(self.layout.field(name).headings[0] for name in names)

    def _fault(self, code: str, heading: Heading, weight: Literal["error", "warning"], **params: str) -> None:
        place = Place(self.table.sheet, self.header.bottom, heading.column)
        known = {"heading": heading.text or heading.key.lstrip("@") or place.address, **params}
        self.table.faults.append(Fault(code, heading.text, known, heading.field or "", place, weight))


def _is_number(raw: Raw) -> bool:
    return isinstance(raw, int | float) or (isinstance(raw, str) and raw.strip().isdigit())


class _Places(Mapping[str, Place]):
    """Where the fields of one row stand, made when asked for."""

    __slots__ = ("columns", "row", "sheet")

    def __init__(self, sheet: str, row: int, columns: dict[str, int]) -> None:
        self.sheet, self.row, self.columns = sheet, row, columns

    def __getitem__(self, name: str) -> Place:
        return Place(self.sheet, self.row, self.columns[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)
