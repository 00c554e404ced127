"""Workbooks of Excel 97–2003 and WPS's .et: values by calamine, what it leaves out by `biff`."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from openpyxl.utils.datetime import from_excel
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .biff import Facts, read_facts
from .book import Book, CellError, Limits, Raw, Sheet, Shown
from .faults import Refused
from .number_formats import NumberFormat
from .ole import CompoundFile
from .places import Area


def read_xls(path: Path, limits: Limits) -> Book:
    """Raises: Refused."""
    compound = CompoundFile(path)
    names = compound.streams
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        raise Refused("file.password")
    stream = next((name for name in ("Workbook", "Book", "WORKBOOK", "BOOK") if name in names), None)
    if stream is None:
        raise Refused("file.word" if "WordDocument" in names else "file.no_workbook")
    facts = read_facts(compound.read(stream), limits)
    lost = tuple(code for name, code in (("_VBA_PROJECT_CUR", "lost.macros"),) if name in names)
    return Book(path, "xls", _sheets(path, facts), ("lost.old_layout", *lost))


def _sheets(path: Path, facts: list[Facts]) -> list[Sheet]:
    try:
        with CalamineWorkbook.from_path(path) as book:
            found = []
            for index, about in enumerate(book.sheets_metadata):
                if about.typ is SheetTypeEnum.WorkSheet:
                    known = facts[index] if index < len(facts) else Facts()
                    hidden = about.visible is not SheetVisibleEnum.Visible
                    found.append(_sheet(book.get_sheet_by_index(index), known, hidden=hidden))
            return found
    except CalamineError as error:
        raise Refused("file.damaged") from error
    except BaseException as error:  # Rust's panic is no Exception
        if type(error).__name__ == "PanicException":
            raise Refused("file.damaged") from error
        raise


def _sheet(sheet: CalamineSheet, facts: Facts, *, hidden: bool) -> Sheet:
    rows: list[list[Raw]] = []
    for number, cells in enumerate(sheet.iter_rows() if sheet.start else (), 1):
        row = [_value(cell, facts.formats.get((number, column)), facts.epoch) for column, cell in enumerate(cells, 1)]
        while row and row[-1] is None:
            row.pop()
        rows.append(row)
    for (row_number, column), code in facts.errors.items():
        while len(rows) < row_number:
            rows.append([])
        row = rows[row_number - 1]
        row.extend([None] * (column - len(row)))
        row[column - 1] = CellError(code)
    while rows and not rows[-1]:
        rows.pop()
    merged = tuple(
        Area(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    shown = frozenset(row for row in facts.hidden_rows if row <= len(rows))
    return Sheet(
        sheet.name, rows, merged, hidden, shown, frozenset(facts.hidden_columns), facts.filtered, facts.pictures
    )


type Cell = int | float | str | bool | time | date | datetime | timedelta


def _value(cell: Cell, shown: NumberFormat | None, epoch: datetime) -> Raw:
    if cell == "":
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        number: int | float = int(cell) if float(cell).is_integer() and abs(cell) < 1e21 else cell
        if shown is None:
            return number
        if shown.date:
            return _date(number, epoch)
        if shown.percent or shown.unit or (shown.places is not None and 1900 <= number < 2101):
            return Shown(number, shown.percent, shown.unit, shown.places)
        return number
    return cell


def _date(number: int | float, epoch: datetime) -> Raw:
    try:
        found: Raw = from_excel(number, epoch)
    except (OverflowError, ValueError):
        return number
    return found
