"""What calamine does not tell of an .xls: errors, hidden rows and columns, percentages, a password ([MS-XLS])."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from struct import unpack_from

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from .book import Limits
from .faults import Refused
from .number_formats import PLAIN, NumberFormat, number_format
from .places import Place

ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
BOF, EOF, FORMULA, PASSWORD, BOUND_SHEET = 0x809, 0x0A, 0x06, 0x2F, 0x85
ROW, COLUMNS, BOOL_OR_ERROR, MANY_NUMBERS, XF, FORMAT = 0x208, 0x7D, 0x205, 0xBD, 0xE0, 0x41E
NUMBER, RK, FILTER, OBJECT, DATES = 0x203, 0x27E, 0x9B, 0x5D, 0x22
CELLS = frozenset([FORMULA, BOOL_OR_ERROR, MANY_NUMBERS, NUMBER, RK, 0x204, 0xFD, 0xD6])


@dataclass(slots=True)
class Facts:
    """Of one sheet; places are (row, column), counted from 1."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formats: dict[tuple[int, int], NumberFormat] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    pictures: bool = False
    epoch: datetime = WINDOWS_EPOCH


def read_facts(data: bytes, limits: Limits) -> list[Facts]:
    """One for each sheet, in the workbook's order. Raises: Refused (file.password, sheet.rows, sheet.columns …)."""
    try:
        return _read(data, limits)
    except (struct.error, IndexError, ValueError) as error:
        raise Refused("file.damaged") from error


def _read(data: bytes, limits: Limits) -> list[Facts]:
    starts: list[int] = []
    codes: dict[int, str] = {}
    formats: list[NumberFormat] = []
    epoch = WINDOWS_EPOCH
    for kind, at, size in _records(data, 0):
        if kind == PASSWORD:
            raise Refused("file.password")
        if kind == BOUND_SHEET:
            starts.append(unpack_from("<I", data, at)[0])
        elif kind == DATES:
            epoch = MAC_EPOCH if unpack_from("<H", data, at)[0] else WINDOWS_EPOCH
        elif kind == FORMAT and size > 5:
            number, length, flags = unpack_from("<HHB", data, at)
            wide = flags & 1
            text = data[at + 5 : at + 5 + length * (2 if wide else 1)]
            codes[number] = text.decode("utf-16-le" if wide else "latin-1", "replace")
        elif kind == XF:
            number = unpack_from("<H", data, at + 2)[0]
            formats.append(number_format(number, codes.get(number)))
    return [_sheet(data, start, formats, limits, epoch) for start in starts]


def _records(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """(kind, place of its body, size) until the end of this stream of records."""
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
        elif deep <= 1:  # charts inside a sheet are streams of their own
            yield kind, at, size
        at += size


def _sheet(data: bytes, start: int, formats: list[NumberFormat], limits: Limits, epoch: datetime) -> Facts:
    facts = Facts(epoch=epoch)
    last_row = last_column = cells = 0
    for kind, at, size in _records(data, start):
        if kind in CELLS:
            row, column, xf = unpack_from("<HHH", data, at)
            place = (row + 1, column + 1)
            cells += 1
            last_row, last_column = max(last_row, place[0]), max(last_column, place[1])
            if kind == MANY_NUMBERS:
                many = (size - 6) // 6
                cells += many - 1
                last_column = max(last_column, column + many)
                for number in range(many):
                    _note_format(
                        facts, (row + 1, column + 1 + number), unpack_from("<H", data, at + 4 + number * 6)[0], formats
                    )
            elif kind in (NUMBER, RK, FORMULA):
                _note_format(facts, place, xf, formats)
            if kind == BOOL_OR_ERROR and data[at + 7]:
                facts.errors[place] = ERRORS.get(data[at + 6], "#?")
            elif kind == FORMULA and data[at + 12 : at + 14] == b"\xff\xff" and data[at + 6] == 2:
                facts.errors[place] = ERRORS.get(data[at + 8], "#?")
        elif kind == ROW:
            if unpack_from("<H", data, at + 12)[0] & 0x20:
                facts.hidden_rows.add(unpack_from("<H", data, at)[0] + 1)
        elif kind == COLUMNS:
            first, last, _width, _xf, flags = unpack_from("<HHHHH", data, at)
            if flags & 1:
                facts.hidden_columns.update(range(first + 1, min(last + 1, limits.columns) + 1))
        elif kind == FILTER:
            facts.filtered = True
        elif kind == OBJECT:
            facts.pictures = True
    address = Place("", max(last_row, 1), max(last_column, 1)).address
    for code, number, most in (
        ("sheet.columns", last_column, limits.columns),
        ("sheet.rows", last_row, limits.rows),
        ("sheet.cells", cells, limits.cells),
    ):
        if number > most:
            raise Refused(code, sheet="", cell=address, most=str(most))
    return facts


def _note_format(facts: Facts, place: tuple[int, int], xf: int, formats: list[NumberFormat]) -> None:
    if xf < len(formats) and formats[xf] is not PLAIN:
        facts.formats[place] = formats[xf]
