"""One sheet of a workbook: its cells as they are stored, its merged ranges, what is hidden in it."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from xml.parsers.expat import XMLParserType

from openpyxl.utils.datetime import from_excel, from_ISO8601

from .book import CellError, Limits, Literally, Raw, Sheet, Shown, Uncomputed
from .faults import Refused
from .number_formats import PLAIN, NumberFormat
from .places import Area, Place, column_of
from .words import PLACEHOLDERS

YES = ("1", "true")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


@dataclass(frozen=True, slots=True)
class Style:
    format: NumberFormat = PLAIN
    quoted: bool = False


def unescape(text: str) -> str:
    """_x000D_ is how OOXML writes the sign with this code (ECMA-376 22.9.2.19)."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class SheetReader:
    """Handlers for expat. Raises: Refused (sheet.columns, sheet.rows, sheet.cells) as soon as it is too much."""

    def __init__(
        self, name: str, texts: list[str], styles: list[Style], epoch: datetime, limits: Limits, most_cells: int
    ) -> None:
        self.name, self.texts, self.styles, self.epoch, self.limits = name, texts, styles, epoch, limits
        self.most_cells = most_cells
        self.cells = 0
        self.rows: list[list[Raw]] = []
        self.merged: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.quoted: set[tuple[int, int]] = set()
        self.filtered = self.pictures = self.zero_height = False
        self._row = self._column = 0
        self._type = ""
        self._style = 0
        self._formula: str | None = None
        self._value: str | None = None
        self._words: list[str] = []
        self._taking = False
        self._prefix = ""

    def register(self, parser: XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data

    def sheet(self, *, hidden: bool) -> Sheet:
        while self.rows and not self.rows[-1]:
            self.rows.pop()
        return Sheet(
            self.name,
            self.rows,
            tuple(self.merged),
            hidden,
            frozenset(row for row in self.hidden_rows if row <= len(self.rows)),
            frozenset(self.hidden_columns),
            self.filtered,
            self.pictures,
            frozenset(self.quoted),
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._prefix:
            tag = tag.removeprefix(self._prefix)
        if tag == "c":
            self._begin_cell(attributes)
        elif tag in ("v", "t", "f"):
            self._taking = True
            if tag != "t":
                self._words.clear()
        elif tag == "is":
            self._words.clear()
        elif tag == "row":
            self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
            if attributes.get("hidden") in YES or attributes.get("ht") == "0" or self.zero_height:
                self.hidden_rows.add(self._row)
        elif tag == "rPh":
            self._taking = False
        else:
            self._start_rare(tag, attributes)

    def _start_rare(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "col":
            if attributes.get("hidden") in YES:
                last = min(int(attributes["max"]), self.limits.columns)
                self.hidden_columns.update(range(int(attributes["min"]), last + 1))
        elif tag == "mergeCell":
            if match := RANGE.fullmatch(attributes.get("ref", "")):
                left, top, right, bottom = match.groups()
                area = Area(int(top), column_of(left), int(bottom or top), column_of(right or left))
                if area.bottom > area.top or area.right > area.left:
                    self.merged.append(area)
        elif tag == "filterColumn":
            self.filtered = True
        elif tag in ("drawing", "legacyDrawing", "picture"):
            self.pictures = True
        elif tag == "sheetFormatPr":
            self.zero_height = attributes.get("zeroHeight") in YES
        elif tag.endswith(":worksheet"):
            self._prefix = tag.removesuffix("worksheet")

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        if match := ADDRESS.fullmatch(attributes.get("r", "")):
            self._column = column_of(match[1])
        else:
            self._column += 1
        self._type = attributes.get("t", "n")
        self._style = int(attributes.get("s", "0"))
        self._formula = self._value = None

    def _data(self, text: str) -> None:
        if self._taking:
            self._words.append(text)

    def _end(self, tag: str) -> None:
        if self._prefix:
            tag = tag.removeprefix(self._prefix)
        if tag == "v":
            self._value = "".join(self._words)
            self._taking = False
        elif tag == "c":
            if self._value is not None or self._formula is not None:
                self._end_cell()
        elif tag == "f":
            self._formula = "".join(self._words)
            self._taking = False
        elif tag == "t":
            self._taking = False
        elif tag == "is":
            self._value = "".join(self._words)

    def _end_cell(self) -> None:
        value = self._read(self._value)
        if value is None:
            return
        if self._column > self.limits.columns:
            self._refuse("sheet.columns", self.limits.columns)
        if self._row > self.limits.rows:
            self._refuse("sheet.rows", self.limits.rows)
        self.cells += 1
        if self.cells > self.most_cells:
            self._refuse("sheet.cells", self.limits.cells)
        while len(self.rows) < self._row:
            self.rows.append([])
        row = self.rows[self._row - 1]
        while len(row) < self._column - 1:
            row.append(None)
        if len(row) >= self._column:
            row[self._column - 1] = value
        else:
            row.append(value)

    def _refuse(self, code: str, most: int) -> None:
        place = Place(self.name, self._row, self._column)
        raise Refused(code, sheet=self.name, cell=place.address, most=str(most))

    def _read(self, text: str | None) -> Raw:
        kind = self._type
        if kind == "s":
            return self._text(self.texts[int(text)]) if text else None
        if not text:
            if self._formula is not None and kind != "str":
                return Uncomputed("=" + self._formula)
            return None
        if kind == "n":
            return self._number(text)
        if kind in ("inlineStr", "str"):
            return self._text(unescape(text))
        if kind == "b":
            return text in YES
        if kind == "e":
            return CellError(text)
        if kind == "d":
            return _iso(text)
        return text

    def _text(self, text: str) -> Raw:
        if len(text) > self.limits.text:
            self._refuse("sheet.long_text", self.limits.text)
        if self._style < len(self.styles) and self.styles[self._style].quoted:
            self.quoted.add((self._row, self._column))
            if text in PLACEHOLDERS:
                return Literally(text)
        return text or None

    def _number(self, text: str) -> Raw:
        number = _plain(text)
        if self._style >= len(self.styles):
            return number
        shown = self.styles[self._style].format
        if shown is PLAIN:
            return number
        if shown.date:
            try:
                day: Raw = from_excel(number, self.epoch)
                return day
            except (OverflowError, ValueError):
                return number
        if shown.percent or shown.unit or (shown.places is not None and 1900 <= number < 2101):
            return Shown(number, shown.percent, shown.unit, shown.places)
        return number


def _iso(text: str) -> Raw:
    found: Raw = from_ISO8601(text)  # type: ignore[no-untyped-call]
    return found


@lru_cache(maxsize=4096)
def _plain(text: str) -> int | float:
    number = float(text)
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError(text)
    whole = number.is_integer() and abs(number) < 1e21
    return int(number) if whole else number
