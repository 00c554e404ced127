"""Where the headings of a list stand in a sheet: one, two or three rows, alone or again further down."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .book import Sheet
from .grid import Grid
from .headings import Meaning, Vocabulary, plain
from .places import letters
from .table import Heading, column_key

DEEPEST = 3
LINES = re.compile(r"\s*\n\s*")
SEARCHED = 80  # rows in which every row is tried; later ones only when their words look like headings
NUMBERS = re.compile(r"\(?\d{1,2}\)?|[甲乙丙丁戊己庚辛壬癸]|[a-zA-Z]|栏次|行次")
LEAST_SHARE = 0.34  # of the columns must mean something here; else it is another kind of list

type Mapped = Mapping[str, str | None]


@dataclass(slots=True)
class Header:
    """`top` to `bottom` are its rows; `fields` how many different ones it names, `score` how surely."""

    top: int
    bottom: int
    headings: list[Heading]
    fields: int
    has_key: bool
    score: float
    by_hand: bool  # a person has said what some of these columns are

    @property
    def share(self) -> float:
        asked = [one for one in self.headings if one.state != "serial"]
        return self.fields / len(asked) if asked else 0.0


def find_header(grid: Grid, words: Vocabulary, mapping: Mapped, start: int, end: int) -> Header | None:
    """The best header that begins in rows start..end, above the first row that is none."""
    best: Header | None = None
    for row in range(start, min(end, start + SEARCHED - 1) + 1):
        found = header_at(grid, words, mapping, row)
        if found is not None and (best is None or found.score > best.score + 0.01):
            best = found
        elif found is None and best is not None and row > best.bottom and grid.filled(row):
            break
    return best


def header_at(grid: Grid, words: Vocabulary, mapping: Mapped, row: int) -> Header | None:
    """The header that begins in this row, with as many rows as name most; None when it is none."""
    filled = grid.filled(row)
    if not filled or not any(isinstance(grid.own(row, column), str) for column in filled):
        return None
    if any((area := grid.anchors.get((row, column))) and area.top < row for column in range(1, grid.width + 1)):
        return None  # the lower half of headings that begin above
    best: Header | None = None
    for depth in range(1, DEEPEST + 1):
        if row + depth - 1 > grid.height:
            break
        found = _compose(grid, words, mapping, row, depth)
        if found and (best is None or found.score > best.score + 0.01):
            best = found
    if best is None:
        return None
    best.bottom = _with_units(grid, best)
    best.bottom = _with_numbers(grid, best)
    return best


def _compose(grid: Grid, words: Vocabulary, mapping: Mapped, top: int, depth: int) -> Header | None:
    rows = range(top, top + depth)
    if depth > 1 and not _continues(grid, top, rows):
        return None
    headings: list[Heading] = []
    for column in range(1, grid.width + 1):
        path = _path(grid, rows, column)
        if path:
            headings.append(_heading(path, column, words, mapping, grid.sheet))
    if not headings:
        return None
    named: dict[str, float] = {}
    for one in headings:
        for field in (one.field,) if one.field else one.candidates:
            named[field] = max(named.get(field, 0.0), one.confidence / (1 if one.field else len(one.candidates)))
    texts = sum(1 for one in headings if one.state == "unknown")
    least = min(2, len(words.layout.fields))
    by_hand = any(key in mapping for one in headings for key in _keys(one.path, one.column))
    if len(named) < least or (texts > 3 * len(named) and not by_hand):
        return None
    if len(headings) < least:
        return None
    return Header(
        top,
        top + depth - 1,
        headings,
        len(named),
        bool(named.keys() & set(words.layout.key)),
        sum(named.values()),
        by_hand,
    )


def _continues(grid: Grid, top: int, rows: range) -> bool:
    """Whether a row of words may belong to the heading above it: something there spans columns or rows."""
    for row in rows[1:]:
        filled = grid.filled(row)
        if not filled or not all(isinstance(grid.own(row, column), str) for column in filled):
            return False
        spanned = any(above in grid.spanned for above in range(top, row))
        if not spanned and not any(not grid.word(row - 1, column) for column in filled):
            return False
    return True


def _path(grid: Grid, rows: range, column: int) -> tuple[str, ...]:
    """The words over a column from top to bottom, each once; a group's word also where only its first cell has it."""
    path: list[str] = []
    for row in rows:
        word = grid.word(row, column)
        if not word and row < rows[-1] and grid.word(row + 1, column):
            word = _group_left(grid, row, column)
        word = LINES.sub("", word)
        if word and (not path or path[-1] != word):
            path.append(word)
    return tuple(path)


def _group_left(grid: Grid, row: int, column: int) -> str:
    """The nearest word on the left in this row, when the cells between have words below them too."""
    for left in range(column - 1, 0, -1):
        if not grid.word(row + 1, left):
            return ""
        if word := grid.word(row, left):
            return word if (row, left) not in grid.anchors and (row, left) not in grid.areas else ""
    return ""


def _heading(path: tuple[str, ...], column: int, words: Vocabulary, mapping: Mapped, sheet: Sheet) -> Heading:
    text = "/".join(path)
    heading = Heading(column, path, text, hidden=column in sheet.hidden_columns)
    meaning = words.meaning(path)
    heading.unit, heading.crs = _unit_of(path, meaning)
    for key in _keys(path, column):
        if key in mapping:
            _map(heading, mapping[key], words)
            return heading
    if meaning is None:
        return heading
    if meaning.serial:
        heading.state = "serial"
    elif len(meaning.fields) == 1:
        heading.field, heading.part = meaning.fields[0]
        heading.state, heading.confidence = "mapped", meaning.confidence
    else:
        heading.state, heading.confidence = "ambiguous", meaning.confidence
        heading.candidates = tuple(dict.fromkeys(name for name, _part in meaning.fields))
    return heading


def _keys(path: tuple[str, ...], column: int) -> tuple[str, str, str]:
    """What a mapping may call a column, the most exact first."""
    text = "/".join(path)
    return column_key(text, column), text, letters(column)


def _map(heading: Heading, name: str | None, words: Vocabulary) -> None:
    """What a person has said of this column. Raises: ValueError when it names no field."""
    if name is None:
        heading.state = "ignored"
        return
    if name not in words.layout.by_name:
        raise ValueError(f"the mapping of {heading.text!r} names {name!r}, which is no field of this list")
    heading.field, heading.state, heading.confidence = name, "mapped", 1.0
    meaning = words.meaning(heading.path)
    heading.part = next((part for field, part in meaning.fields if field == name), "") if meaning else ""


def _unit_of(path: tuple[str, ...], meaning: Meaning | None) -> tuple[str, str]:
    if meaning is not None:
        return meaning.unit, meaning.crs
    parts = [plain(text) for text in path]
    return next((one.unit for one in reversed(parts) if one.unit), ""), next((one.crs for one in parts if one.crs), "")


def _with_units(grid: Grid, header: Header) -> int:
    """The last row of the header: a row of units alone, (亩) (人), belongs to it."""
    row = header.bottom + 1
    filled = grid.filled(row) if row <= grid.height else []
    units = {column: plain(grid.word(row, column)) for column in filled}
    by_column = {heading.column: heading for heading in header.headings}
    if not units or not all(one.unit and not one.bare and column in by_column for column, one in units.items()):
        return header.bottom
    for column, one in units.items():
        by_column[column].unit = by_column[column].unit or one.unit
    return row


def _with_numbers(grid: Grid, header: Header) -> int:
    """The last row of the header: a row of column numbers (1 2 3, 甲 乙 1 2) belongs to it."""
    row = header.bottom + 1
    if row > grid.height:
        return header.bottom
    filled = grid.filled(row)
    if len(filled) >= max(2, len(header.headings) - 1) and all(
        NUMBERS.fullmatch(grid.word(row, one)) for one in filled
    ):
        numbers = [int(word) for one in filled if (word := grid.word(row, one).strip("()")).isdigit()]
        if numbers == list(range(1, len(numbers) + 1)):
            return row
    return header.bottom


def settle(headings: list[Heading], words: Vocabulary) -> None:
    """One column for each field: the surest; of equals the only one with something under it; else it is asked."""
    by_field: dict[tuple[str, str], list[Heading]] = {}
    for heading in headings:
        if heading.state == "mapped" and heading.field:
            by_field.setdefault((heading.field, heading.part), []).append(heading)
    for (field, _part), several in by_field.items():
        if len(several) > 1:
            _settle(several, field)
    whole = {one.field for one in headings if one.field and one.part in ("", "both")}
    for heading in headings:
        if heading.state == "mapped" and heading.part in ("longitude", "latitude") and heading.field in whole:
            heading.state, heading.candidates, heading.field = "ambiguous", (heading.field or "",), None
        if heading.state == "unknown":
            heading.candidates = heading.candidates or words.alike(heading.path)
    texts = [heading.text for heading in headings]
    for heading in headings:
        if texts.count(heading.text) > 1 or not heading.text:
            heading.key = column_key(heading.text, heading.column)


def _settle(several: list[Heading], field: str) -> None:
    surest = max(one.confidence for one in several)
    best = [one for one in several if one.confidence >= surest - 0.04]
    if len(best) > 1 and sum(1 for one in best if one.filled) == 1:
        best = [one for one in best if one.filled]
    for heading in several:
        if len(best) > 1 or heading is not best[0]:
            heading.state = "ambiguous" if len(best) > 1 else "unknown"
            heading.candidates, heading.field = (field,), None
