"""A list out as a workbook that reads back as the very same rows, and in which no text can act as a formula."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from .fields import Field, Layout
from .headings import plain
from .lines import looks_special
from .places import MOST_ROWS, letters
from .values import Position, Scalar
from .values.units import tidy
from .words import PLACEHOLDERS, UNSEEN

ACTIVE = ("=", "+", "-", "@", "\t", "\r", "'")  # Excel and WPS take what begins so for a formula, or eat it
LIKE_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# Nothing in it acts, hides or is escaped.
PLAIN = re.compile(r"(?!.*_x)[\w\u4e00-\u9fff][\w\u4e00-\u9fff (),.:;/()、，。：；（）\-]*")
HEAD = PatternFill("solid", fgColor="FFE8EEF4")
DAY = "yyyy-mm-dd"
TEXT = "@"
FIRST_SAFE_DAY = date(1900, 3, 1)  # before it Excel counts a day that never was
EXACT = 15  # digits that Excel keeps of a number
WIDTHS = {"text": 18, "unit_name": 24, "region": 16, "identity_number": 21, "credit_code": 21, "coordinates": 24}
LONGEST_LIST = 255  # characters of a list inside a validation
OPTIONS = "选项"
KEPT_AS_TEXT = ("phone", "identity_number", "credit_code", "month", "coordinates")


def write_book(
    path: Path | IO[bytes],
    layout: Layout,
    rows: Iterable[Mapping[str, Scalar]],
    headings: Mapping[str, str] | None = None,
    *,
    sheet: str = "",
) -> int:
    """Writes .xlsx: one heading row, then a row for each mapping of Field.name to its value; returns how many.

    `headings`: other words for some fields. Values are those that `read_tables` gives (texts as `cleaned`).
    Raises: ValueError for more rows than a sheet holds.
    """
    book = Workbook(write_only=True)
    page: Worksheet = book.create_sheet((sheet or layout.title[0] or "台账")[:31])
    names = {one.name: (headings or {}).get(one.name) or heading_of(one) for one in layout.fields}
    page.freeze_panes = "B2"
    for number, field in enumerate(layout.fields, 1):
        column = page.column_dimensions[letters(number)]
        column.width = max(WIDTHS.get(field.kind, 12), min(len(names[field.name]) * 2 + 2, 40))
        if field.kind in KEPT_AS_TEXT:
            column.number_format = TEXT  # for what is typed below the last row
    lists = list(_validations(layout))
    for validation, _words in lists:
        page.data_validations.append(validation)
    page.append([_heading_cell(page, names[one.name]) for one in layout.fields])
    taken = frozenset(names.values()) | {word for one in layout.fields for word in one.headings}
    count = 0
    for row in rows:
        count += 1
        if count >= MOST_ROWS:
            raise ValueError(f"a sheet holds {MOST_ROWS - 1} rows")
        page.append([_cell(page, row.get(one.name), one, taken) for one in layout.fields])
    page.auto_filter.ref = f"A1:{letters(len(layout.fields))}{count + 1}"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _options(book, [words for _validation, words in lists if words])
    book.save(path)
    return count


def heading_of(field: Field) -> str:
    """The heading that is written: 占地面积(㎡)."""
    first = field.headings[0]
    return f"{first}({field.unit})" if field.unit and not plain(first).unit else first


def as_text(value: Scalar, field: Field) -> str:
    """A value in the words that a cell gets."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Position):
        return f"{value.longitude:f},{value.latitude:f}"
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if field.kind == "choice" and isinstance(value, str):
        words = field.choices.get(value)
        return words[0] if words else value
    return str(value)


def put_text(cell: Cell, text: str, *, quote: bool = False) -> None:
    """A text into a cell so that it stays a text, whatever it begins with."""
    text = UNSEEN.sub("", text)
    cell.value = LIKE_ESCAPE.sub("_x005F_", text)
    cell.data_type = "s"
    if quote or text.startswith(ACTIVE):
        cell.quotePrefix = True
    if "\n" in text:
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _cell(page: Worksheet, value: Scalar, field: Field, taken: frozenset[str]) -> Cell | Scalar:
    """What goes into the row: the bare value where that is enough; cells with a style take longer to write."""
    if value is None or value == "" or value == ():
        return None
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and _exact(Decimal(value)):
        return value
    cell = WriteOnlyCell(page)
    if isinstance(value, date) and value >= FIRST_SAFE_DAY:
        cell.value, cell.number_format = value, DAY
        return cell
    text = as_text(value, field)
    free = field.kind in ("text", "unit_name", "region")
    quote = free and (text in PLACEHOLDERS or text in taken or looks_special(text))
    if not quote and field.kind not in KEPT_AS_TEXT and PLAIN.fullmatch(text):
        return text
    put_text(cell, text, quote=quote)
    if field.kind in KEPT_AS_TEXT:
        cell.number_format = TEXT
    return cell


def _exact(value: Decimal) -> bool:
    short = tidy(value)
    return len(short.as_tuple().digits) <= EXACT and abs(value) < 10**EXACT


def _heading_cell(page: Worksheet, text: str) -> Cell:
    cell = WriteOnlyCell(page)
    put_text(cell, text)
    cell.quotePrefix = False
    cell.font = Font(bold=True)
    cell.fill = HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    return cell


def _validations(layout: Layout) -> Iterator[tuple[DataValidation, list[str]]]:
    """A list to choose from for each column that has one; long lists stand on a sheet of their own."""
    others = 0
    for number, field in enumerate(layout.fields, 1):
        if field.kind == "boolean":
            words = ["是", "否"]
        elif field.kind == "choice":
            words = [as_text(value, field) for value in field.choices]
        else:
            continue
        inside = ",".join(words)
        short = len(inside) <= LONGEST_LIST and not any("," in word or '"' in word for word in words)
        if not short:
            others += 1
        column = letters(others)
        source = f'"{inside}"' if short else f"'{OPTIONS}'!${column}$1:${column}${len(words)}"
        found = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
        found.error = "请从列表中选择"
        found.add(f"{letters(number)}2:{letters(number)}{MOST_ROWS}")
        yield found, [] if short else words


def _options(book: Workbook, lists: list[list[str]]) -> None:
    if not lists:
        return
    page = book.create_sheet(OPTIONS)
    page.sheet_state = "hidden"
    for row in range(max(map(len, lists))):
        cells: list[Cell | None] = []
        for words in lists:
            cell = WriteOnlyCell(page) if row < len(words) else None
            if cell is not None:
                put_text(cell, words[row])
            cells.append(cell)
        page.append(cells)
