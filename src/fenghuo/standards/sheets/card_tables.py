"""The cards of a sheet, one after the other: each is a row of one table."""

from typing import Literal

from .cards import Card, Cards
from .faults import Fault
from .fields import Layout
from .grid import Grid
from .lines import kind_of
from .places import Place
from .rows import Cell, Column, RowReader
from .table import Line, Row, RowKind, Table, given
from .tables import LONGEST_LINE


class CardReader:
    def __init__(self, grid: Grid, layout: Layout, hidden_rows: Literal["take", "leave"]) -> None:
        self.grid, self.layout = grid, layout
        self.take_hidden = hidden_rows == "take"
        self.rows = RowReader(layout)

    def read(self, cards: Cards) -> Table:
        """One table whose rows are the cards."""
        table = Table(self.grid.sheet.name, cards.headings, cards=True)
        columns = {
            id(one): Column(one, self.layout.field(one.field), one.part, one.unit)
            for one in cards.headings
            if one.state == "mapped" and one.field
        }
        for card in cards.cards:
            self._read_card(card, columns, table)
        first_rows = {card.first for card in cards.cards}
        for row in range(1, self.grid.height + 1):
            filled = self.grid.filled(row)
            if not filled or row in table.kinds:
                continue
            text = " ".join(given(self.grid.own(row, column)) for column in filled)
            kind: RowKind = "record" if row in cards.rows else "title"
            if kind == "title" and row > min(cards.rows) and row + 1 not in first_rows:
                texts = {column: raw for column in filled if isinstance(raw := self.grid.own(row, column), str)}
                kind = (kind_of(self.grid, row, filled, texts, True, 3) if texts else None) or "outside"
            table.kinds[row] = kind
            if kind != "record":
                table.lines.append(Line(row, kind, text[:LONGEST_LINE]))
        for heading in table.questions:
            params = {"heading": heading.text}
            table.faults.append(Fault("heading.unknown", heading.text, params, weight="warning"))
        return table

    def _read_card(self, card: Card, columns: dict[int, Column], table: Table) -> None:
        sheet = self.grid.sheet
        places = {pair.heading.field: pair.place for pair in card.pairs if pair.heading.field}
        hidden = any(pair.place.row in sheet.hidden_rows for pair in card.pairs)
        for pair in card.pairs:
            table.kinds[pair.place.row] = "hidden" if hidden else "record"
        if hidden and not self.take_hidden:
            table.lines.append(Line(card.first, "hidden", ""))
            return
        row = Row(sheet.name, card.first, places, hidden=hidden)
        if hidden:
            row.faults.append(Fault("row.hidden", place=Place(sheet.name, card.first, 1), weight="warning"))
        cells = [Cell(columns[id(pair.heading)], pair.place, pair.raw) for pair in card.pairs]
        if all(cell.raw is None for cell in cells):
            return  # an empty form
        table.rows.append(self.rows.read(row, cells))
        missing = [one for one in self.layout.fields if one.required and one.name not in places]
        for one in missing:
            params = {"heading": one.headings[0]}
            place = Place(sheet.name, card.first, card.pairs[0].place.column)
            row.faults.append(Fault("value.required", params=params, field=one.name, place=place))
