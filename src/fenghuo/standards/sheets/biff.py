"""The records of an .xls (BIFF8, [MS-XLS]): values, errors, merged ranges, what is hidden, a password.

Own code and neither calamine nor xlrd, which files of a few kilobytes bring down: docs/decisions/0017-xls-reader.md.
Every number is bounded here by what the file holds.
"""

import struct
from collections.abc import Iterator
from datetime import datetime
from struct import unpack_from

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from .biff_texts import read_text, shared_texts
from .book import CellError, Limits, Literally, Raw, Sheet, Shown, Uncomputed
from .faults import Refused
from .number_formats import PLAIN, NumberFormat, number_format
from .places import Area, Place
from .words import PLACEHOLDERS

ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
BOF, EOF, PASSWORD, BOUND_SHEET, DATES, XF, FORMAT, TEXTS, MORE = 0x809, 0x0A, 0x2F, 0x85, 0x22, 0xE0, 0x41E, 0xFC, 0x3C
FORMULA, RESULT, NUMBER, RK, MANY, LABEL, RICH, SHARED, BOOL_OR_ERROR = (
    0x06, 0x207, 0x203, 0x27E, 0xBD, 0x204, 0xD6, 0xFD, 0x205,
)  # fmt: skip
ROW, COLUMNS, MERGED, FILTER, OBJECT = 0x208, 0x7D, 0xE5, 0x9B, 0x5D
BIFF8 = 0x600
WORKSHEET = 0
WALKS = 2  # how often a byte may be read, as part of one sheet and of another; sheets of a sound file lie apart
PLACES = 10  # for each cell that may be filled, with the empty ones before it in its row
NOT_YET = 0x02  # of a formula: to be computed when the file is opened

type Records = Iterator[tuple[int, int, int]]


def read_biff(data: bytes, limits: Limits) -> list[Sheet]:
    """All worksheets. Raises: Refused (file.password, file.damaged, file.too_old, sheet.rows …)."""
    try:
        return _Workbook(data, limits).sheets()
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        raise Refused("file.damaged") from error


def _records(data: bytes, at: int) -> Records:
    """(kind, place of its body, size) of one substream; charts inside a sheet are substreams of their own."""
    deep = 0
    while at + 4 <= len(data):
        kind, size = unpack_from("<HH", data, at)
        at += 4
        if kind == BOF:
            deep += 1
        elif kind == EOF:
            deep -= 1
            if deep <= 0:
                return
        elif deep <= 1:
            yield kind, at, size
        at += size


class _Workbook:
    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data, self.limits = data, limits
        self.epoch: datetime = WINDOWS_EPOCH
        self.formats: list[tuple[NumberFormat, bool]] = []
        self.texts: list[str] = []
        self.left = limits.cells
        self.places_left = limits.cells * PLACES
        self.bytes_left = len(data) * WALKS
        self.bounds: list[tuple[str, int, bool]] = []
        if unpack_from("<HHH", data)[0] != BOF or unpack_from("<H", data, 4)[0] != BIFF8:
            raise Refused("file.too_old")

    def sheets(self) -> list[Sheet]:
        self._globals()
        return [_SheetReader(self, name, hidden=hidden).read(start) for name, start, hidden in self.bounds]

    def _globals(self) -> None:
        codes: dict[int, str] = {}
        pieces: list[bytes] = []
        last = 0
        for kind, at, size in _records(self.data, 0):
            body = self.data[at : at + size]
            if kind == PASSWORD:
                raise Refused("file.password")
            if kind == TEXTS or (kind == MORE and last == TEXTS):
                pieces.append(body)
                last = TEXTS
                continue
            last = kind if kind != MORE else last
            if kind == BOUND_SHEET:
                start, state, form, length, wide = unpack_from("<IBBBB", body)
                if form == WORKSHEET:
                    self.bounds.append((read_text(body, 8, length, wide), start, state != 0))
            elif kind == DATES:
                self.epoch = MAC_EPOCH if unpack_from("<H", body)[0] else WINDOWS_EPOCH
            elif kind == FORMAT:
                number, length, wide = unpack_from("<HHB", body)
                codes[number] = read_text(body, 5, length, wide)
            elif kind == XF:
                number, flags = unpack_from("<HH", body, 2)
                self.formats.append((number_format(number, codes.get(number)), bool(flags & 8)))
        self.texts = shared_texts(pieces, self.limits.text)


class _SheetReader:
    def __init__(self, book: _Workbook, name: str, *, hidden: bool) -> None:
        self.book, self.limits = book, book.limits
        self.result = Sheet(name, [], hidden=hidden)
        self.merged: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.quoted: set[tuple[int, int]] = set()
        self.waiting: tuple[int, int, int] | None = None

    def read(self, start: int) -> Sheet:
        data = self.book.data
        if unpack_from("<H", data, start)[0] != BOF:
            raise ValueError("no sheet where the workbook says one is")
        for kind, at, size in _records(data, start):
            self._take(kind, data[at : at + size])
            self.book.bytes_left -= size + 4
            if self.book.bytes_left < 0:
                raise ValueError("sheets that lie in one another")
        result = self.result
        while result.rows and not result.rows[-1]:
            result.rows.pop()
        result.merged = tuple(self.merged)
        result.hidden_rows = frozenset(row for row in self.hidden_rows if row <= len(result.rows))
        result.hidden_columns, result.quoted = frozenset(self.hidden_columns), frozenset(self.quoted)
        return result

    def _take(self, kind: int, body: bytes) -> None:
        if kind in (SHARED, NUMBER, RK, FORMULA, LABEL, RICH, BOOL_OR_ERROR):
            self._take_cell(kind, body)
        elif kind == MANY:
            row, column = unpack_from("<HH", body)
            for number in range((len(body) - 6) // 6):
                xf, packed = unpack_from("<HI", body, 4 + number * 6)
                self._put(row, column + number, xf, _unpacked(packed))
        elif kind == RESULT and self.waiting is not None:
            length, wide = unpack_from("<HB", body)
            self._put(*self.waiting, read_text(body, 3, length, wide))
            self.waiting = None
        elif kind == ROW:
            if unpack_from("<H", body, 12)[0] & 0x20:
                self.hidden_rows.add(unpack_from("<H", body)[0] + 1)
        elif kind == COLUMNS:
            first, last, _width, _xf, flags = unpack_from("<HHHHH", body)
            if flags & 1:
                self.hidden_columns.update(range(first + 1, min(last + 1, self.limits.columns) + 1))
        elif kind == MERGED:
            for number in range(min(unpack_from("<H", body)[0], (len(body) - 2) // 8)):
                top, bottom, left, right = unpack_from("<HHHH", body, 2 + number * 8)
                if bottom >= top and right >= left and (bottom > top or right > left):
                    self.merged.append(Area(top + 1, left + 1, bottom + 1, right + 1))
        elif kind == FILTER:
            self.result.filtered = True
        elif kind == OBJECT:
            self.result.pictures = True

    def _take_cell(self, kind: int, body: bytes) -> None:
        row, column, xf = unpack_from("<HHH", body)
        self.waiting = None
        value: Raw
        if kind == SHARED:
            value = self.book.texts[unpack_from("<I", body, 6)[0]]
        elif kind == NUMBER:
            value = unpack_from("<d", body, 6)[0]
        elif kind == RK:
            value = _unpacked(unpack_from("<I", body, 6)[0])
        elif kind == BOOL_OR_ERROR:
            value = CellError(ERRORS.get(body[6], "#?")) if body[7] else bool(body[6])
        elif kind == FORMULA:
            value = self._result(row, column, xf, body)
        else:
            length, wide = unpack_from("<HB", body, 6)
            value = read_text(body, 9, length, wide)
        self._put(row, column, xf, value)

    def _result(self, row: int, column: int, xf: int, body: bytes) -> Raw:
        """What a formula was last computed to; a text follows in a record of its own."""
        if unpack_from("<H", body, 14)[0] & NOT_YET:
            return Uncomputed("=…")
        if body[12:14] != b"\xff\xff":
            number: float = unpack_from("<d", body, 6)[0]
            return number
        if body[6] == 0:
            self.waiting = (row, column, xf)
            return None
        if body[6] == 1:
            return bool(body[8])
        return CellError(ERRORS.get(body[8], "#?")) if body[6] == 2 else None

    def _put(self, row: int, column: int, xf: int, value: Raw) -> None:
        if value is None or value == "":
            return
        place = Place(self.result.name, row + 1, column + 1)
        rows = self.result.rows
        self.book.left -= 1
        self.book.places_left -= max(0, place.column - (len(rows[row]) if row < len(rows) else 0))
        for code, number, most in (
            ("sheet.columns", place.column, self.limits.columns),
            ("sheet.rows", place.row, self.limits.rows),
            ("sheet.cells", -min(self.book.left, self.book.places_left), 0),
        ):
            if number > most:
                shown = most or self.limits.cells
                raise Refused(code, sheet=place.sheet, cell=place.address, most=str(shown))
        while len(rows) < place.row:
            rows.append([])
        cells = rows[place.row - 1]
        cells.extend([None] * (place.column - len(cells)))
        cells[place.column - 1] = self._formatted(value, xf, place)

    def _formatted(self, value: Raw, xf: int, place: Place) -> Raw:
        shown, quoted = self.book.formats[xf] if xf < len(self.book.formats) else (PLAIN, False)
        if isinstance(value, str):
            if quoted:
                self.quoted.add((place.row, place.column))
            return Literally(value) if quoted and value in PLACEHOLDERS else value
        if isinstance(value, bool) or not isinstance(value, float):
            return value
        if value != value or value in (float("inf"), float("-inf")):
            raise ValueError("a number that is none")
        number: int | float = int(value) if value.is_integer() and abs(value) < 1e21 else value
        if shown.date:
            try:
                day: Raw = from_excel(number, self.book.epoch)
            except (OverflowError, ValueError):
                return number
            return day
        if shown.percent or shown.unit or (shown.places is not None and 1900 <= number < 2101):
            return Shown(number, shown.percent, shown.unit, shown.places)
        return number


def _unpacked(packed: int) -> float:
    """A number in 30 bits: whole or the upper half of a double, perhaps a hundredth of it."""
    if packed & 2:
        whole = packed >> 2
        value = float(whole - (1 << 30) if whole & (1 << 29) else whole)
    else:
        value = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", packed & 0xFFFFFFFC))[0]
    return value / 100 if packed & 1 else value
