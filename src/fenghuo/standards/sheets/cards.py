"""Lists kept as cards: the word on the left, what it says on the right, several cards on a sheet."""

from dataclasses import dataclass, field

from .book import Raw
from .grid import Grid
from .headers import Mapped
from .headings import Vocabulary, plain
from .places import Place
from .table import Heading

LEAST = 3
MOST_ROWS = 5000


@dataclass(slots=True)
class Pair:
    """One word and its cell. `raw` is the cell's, or what stands behind the colon in the same cell."""

    heading: Heading
    place: Place
    raw: Raw


@dataclass(slots=True)
class Card:
    first: int
    pairs: list[Pair] = field(default_factory=list)


@dataclass(slots=True)
class Cards:
    """`words`: how many different fields are named; `loose`: rows with cells that belong to no pair."""

    cards: list[Card]
    headings: list[Heading]
    rows: set[int]
    words: int


def find_cards(grid: Grid, words: Vocabulary, mapping: Mapped) -> Cards | None:
    """The cards of a sheet; None when fewer than three of its words are answered on their right."""
    if grid.height > MOST_ROWS:
        return None
    found = _Finder(grid, words, mapping)
    for row in range(1, grid.height + 1):
        found.take(row)
    if columns := found.side_by_side():
        return columns
    named = {pair.heading.field for card in found.cards for pair in card.pairs if pair.heading.field}
    if len(named) < min(LEAST, len(words.layout.fields)) or not named & set(words.layout.key):
        return None
    return Cards(found.cards, list(found.headings.values()), found.rows, found.answered())


class _Finder:
    def __init__(self, grid: Grid, words: Vocabulary, mapping: Mapped) -> None:
        self.grid, self.words, self.mapping = grid, words, mapping
        self.cards: list[Card] = []
        self.headings: dict[str, Heading] = {}
        self.rows: set[int] = set()
        self.keys: list[tuple[int, int, Heading]] = []

    def take(self, row: int) -> None:
        column = 1
        while column <= self.grid.width:
            raw = self.grid.own(row, column)
            if not isinstance(raw, str):
                column += 1
                continue
            text = raw.strip()
            heading = self._heading(text, column)
            if heading is None:
                column = self._within(text, row, column) or self._unknown(text, row, column)
                continue
            place = self.grid.right_of(row, column)
            self._add(heading, row, place, self._answer(row, place))
            self.keys.append((row, column, heading))
            column = self.grid.right_of(row, place) if self._answer(row, place) is not None else place

    def _answer(self, row: int, column: int) -> Raw:
        """The cell on the right, unless that is a word with an answer of its own."""
        raw = self.grid.own(row, column) if column <= self.grid.width else None
        return None if isinstance(raw, str) and self._heading(raw.strip(), column) is not None else raw

    def _within(self, text: str, row: int, column: int) -> int:
        """名称:草堂避难场所 in one cell. Returns the next column, 0 when it is none."""
        for sign in (":", "："):
            head, found, rest = text.partition(sign)
            if found and rest.strip() and (heading := self._heading(head, column)):
                self._add(heading, row, column, rest.strip())
                return self.grid.right_of(row, column)
        return 0

    def _unknown(self, text: str, row: int, column: int) -> int:
        """A word that nobody knows with something on its right is listed; what stands alone is passed over."""
        after = self.grid.right_of(row, column)
        raw = self._answer(row, after)
        known = any(one.state == "mapped" for _row, _column, one in self.keys if _row == row) or column == 1
        if raw is None or len(text) > 12 or not known or not self.cards:
            return after
        heading = self.headings.setdefault(text, Heading(column, (text,), text))
        heading.candidates = heading.candidates or self.words.alike((text,))
        heading.filled += 1
        self.rows.add(row)
        return self.grid.right_of(row, after)

    def _add(self, heading: Heading, row: int, column: int, raw: Raw) -> None:
        if heading.state == "mapped":
            card = self.cards[-1] if self.cards else None
            if card is None or any(pair.heading is heading for pair in card.pairs):
                card = Card(row)
                self.cards.append(card)
            card.pairs.append(Pair(heading, Place(self.grid.sheet.name, row, column), raw))
        if raw is not None:
            heading.filled += 1
        self.rows.add(row)

    def _heading(self, text: str, column: int) -> Heading | None:
        if not text or len(text) > 30:
            return None
        known = self.headings.get(text)
        if known is not None:
            return known if known.state != "unknown" else None
        if text in self.mapping:
            name = self.mapping[text]
            heading = Heading(column, (text,), text, "ignored" if name is None else "mapped", name, confidence=1.0)
        else:
            meaning = self.words.meaning((text,))
            if meaning is None or meaning.serial or len(meaning.fields) != 1:
                return None
            name, part = meaning.fields[0]
            heading = Heading(column, (text,), text, "mapped", name, part, meaning.confidence)
        heading.unit, heading.crs = plain(text).unit, plain(text).crs
        self.headings[text] = heading
        return heading

    def answered(self) -> int:
        return len({pair.heading.field for card in self.cards for pair in card.pairs if pair.raw is not None})

    def side_by_side(self) -> Cards | None:
        """All words in one column and more than one answer to each: every column is a card."""
        columns = {column for _row, column, _heading in self.keys}
        if len(columns) != 1 or len(self.keys) < LEAST or len({id(one) for _r, _c, one in self.keys}) < len(self.keys):
            return None
        first = self.grid.right_of(self.keys[0][0], next(iter(columns)))
        wide = [
            column
            for column in range(first, self.grid.width + 1)
            if sum(1 for row, _column, _heading in self.keys if self.grid.own(row, column) is not None) * 2
            >= len(self.keys)
        ]
        if len(wide) < 2:
            return None
        name = self.grid.sheet.name
        cards = [
            Card(
                self.keys[0][0],
                [Pair(one, Place(name, row, column), self.grid.own(row, column)) for row, _column, one in self.keys],
            )
            for column in wide
        ]
        return Cards(cards, list(self.headings.values()), self.rows, len(self.keys))
