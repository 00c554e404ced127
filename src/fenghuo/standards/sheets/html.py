"""Tables of a web page saved as .xls, as many older systems export them."""

import re
from html.parser import HTMLParser
from pathlib import Path

from .book import Book, Limits, Sheet
from .csvs import decoded
from .faults import Refused
from .places import Area, Place

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
CHINESE = ("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk")


def read_html(path: Path, limits: Limits) -> Book:
    """One sheet for each table that stands in no other. Raises: Refused."""
    data = path.read_bytes()
    match = CHARSET.search(data[:4096])
    if match and match[1].decode("ascii").lower() in CHINESE:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as error:
            raise Refused("file.no_text") from error
    else:
        text = decoded(data)
    parser = _Tables(path.stem, limits)
    parser.feed(text)
    parser.close()
    if not parser.sheets:
        raise Refused("file.no_table")
    return Book(path, "html", parser.sheets, ("lost.old_layout",))


class _Tables(HTMLParser):
    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__()
        self.name, self.limits = name, limits
        self.sheets: list[Sheet] = []
        self.depth = self.column = self.cells = self.quiet = 0
        self.words: list[str] | None = None
        self.span = (1, 1)
        self.taken: set[tuple[int, int]] = set()
        self.merged: list[Area] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script", "xml", "title"):
            self.quiet += 1
        elif tag == "table":
            self.depth += 1
            if self.depth == 1:
                self._end_cell()
                name = self.name if not self.sheets else f"{self.name} {len(self.sheets) + 1}"
                self.sheets.append(Sheet(name, []))
                self.taken, self.merged = set(), []
        elif self.depth != 1:
            return
        elif tag == "tr":
            self._end_cell()
            self.sheets[-1].rows.append([])
            self.column = 0
            if len(self.sheets[-1].rows) > self.limits.rows:
                self._refuse("sheet.rows", self.limits.rows)
        elif tag in ("td", "th"):
            self._end_cell()
            if not self.sheets[-1].rows:
                self.sheets[-1].rows.append([])
            given = dict(attributes)
            self.span = (_number(given.get("rowspan")), _number(given.get("colspan")))
            self.words = []
        elif tag == "br" and self.words is not None:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script", "xml", "title"):
            self.quiet = max(0, self.quiet - 1)
        elif tag == "table" and self.depth:
            if self.depth == 1:
                self._end_cell()
                self._end_table()
            self.depth -= 1
        elif tag in ("td", "th", "tr") and self.depth == 1:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self.words is not None and not self.quiet:
            self.words.append(data)

    def close(self) -> None:
        super().close()
        if self.depth:
            self._end_cell()
            self._end_table()

    def _end_cell(self) -> None:
        if self.words is None:
            return
        # The line breaks of the page's source are spaces; those of <br> were put in as words of their own.
        text = "".join(word if word == "\n" else re.sub(r"\s+", " ", word) for word in self.words).strip()
        self.words = None
        sheet = self.sheets[-1]
        row_number = len(sheet.rows)
        self.column += 1
        while (row_number, self.column) in self.taken:
            self.column += 1
        down, across = self.span
        right = self.column + across - 1
        if right > self.limits.columns:
            self._refuse("sheet.columns", self.limits.columns)
        if down > 1 or across > 1:
            down = min(down, 10_000)
            self.merged.append(Area(row_number, self.column, row_number + down - 1, right))
            self.taken.update(
                (row_number + below, self.column + beside) for below in range(down) for beside in range(across)
            )
        row = sheet.rows[-1]
        row.extend([None] * (self.column - 1 - len(row)))
        row.append(text or None)
        self.cells += 1
        if self.cells > self.limits.cells or len(self.taken) > self.limits.cells:
            self._refuse("sheet.cells", self.limits.cells)
        if len(text) > self.limits.text:
            self._refuse("sheet.long_text", self.limits.text)
        self.column = right

    def _end_table(self) -> None:
        sheet = self.sheets[-1]
        sheet.merged = tuple(self.merged)
        for row in sheet.rows:
            while row and row[-1] is None:
                row.pop()
        while sheet.rows and not sheet.rows[-1]:
            sheet.rows.pop()

    def _refuse(self, code: str, most: int) -> None:
        sheet = self.sheets[-1]
        place = Place(sheet.name, max(len(sheet.rows), 1), max(self.column, 1))
        raise Refused(code, sheet=sheet.name, cell=place.address, most=str(most))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and int(text[:6]) > 0 else 1
