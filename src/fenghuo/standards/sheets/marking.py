"""The sender's own workbook back, with the wrong cells coloured and a sentence in each."""

import warnings
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from .book import LIMITS, Book, CellError, Limits, Literally, Raw, Shown, Uncomputed
from .faults import Fault, sentence
from .opening import open_workbook
from .places import Area, Place
from .summary import FILLS, MOST_COMMENTS, MOST_LINES, OURS, RED, YELLOW, Marked, add_summary
from .writing import put_text
from .zips import not_kept

AUTHOR = "烽火"
LONGEST_COMMENT = 1000


def mark_copy(
    path_in: Path,
    path_out: Path,
    faults: Sequence[Fault],
    *,
    book: Book | None = None,
    language: str = "zh",
    limits: Limits = LIMITS,
) -> Marked:
    """Writes `path_out` (.xlsx): errors red, warnings yellow, a note in each cell, a list of all in front.

    `book`: the file as it was opened, to save opening it again. Marks of an earlier round are taken off first.
    Raises: Refused as `open_workbook`.
    """
    book = book or open_workbook(path_in, limits)
    copy, lost = _copy(path_in, book)
    if any(_is_ours(page) for page in copy.worksheets):
        _clean(copy)
    pages = {page.title: page for page in copy.worksheets}
    by_cell: dict[Place, list[Fault]] = {}
    for fault in faults:
        if fault.place is not None and fault.place.sheet in pages:
            by_cell.setdefault(fault.place, []).append(fault)
    merged = {name: _merged(page) for name, page in pages.items() if page.merged_cells.ranges}
    cells: dict[Cell, list[Fault]] = {}
    for place, several in by_cell.items():
        at = merged.get(place.sheet, {}).get((place.row, place.column), (place.row, place.column))
        cell = pages[place.sheet].cell(*at)
        if isinstance(cell, Cell):
            cells.setdefault(cell, []).extend(several)
    for number, (cell, several) in enumerate(cells.items()):
        _mark(cell, several, language, comment=number < MOST_COMMENTS)
    if len(cells) > MOST_COMMENTS:
        lost = (*lost, "lost.more_comments")
    if len(faults) > MOST_LINES:
        lost = (*lost, "lost.more_lines")
    errors = sum(1 for several in cells.values() if any(one.weight == "error" for one in several))
    rows = len({(place.sheet, place.row) for place in by_cell})
    marked = Marked(errors, len(cells) - errors, rows, lost)
    add_summary(copy, faults, marked, language)
    copy.save(path_out)
    return marked


def _copy(path: Path, book: Book) -> tuple[Workbook, tuple[str, ...]]:
    """The workbook to mark and what it lacks. One that openpyxl cannot take is written anew from its cells."""
    if book.form in ("xlsx", "xlsm"):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                copy = load_workbook(path, rich_text=True)
        except Exception:  # whatever openpyxl stumbles over: the cells were read, so they can be written
            return _anew(book), ("lost.layout", *book.left_out)
        with ZipFile(path) as archive:
            lost = not_kept(archive)
        formulas = any(cell.data_type == "f" for page in copy.worksheets for cell in page._cells.values())
        return copy, (*lost, "lost.formula_values") if formulas else lost
    return _anew(book), book.left_out


def _anew(book: Book) -> Workbook:
    copy = Workbook()
    copy.remove(copy.worksheets[0])
    for sheet in book.sheets:
        page: Worksheet = copy.create_sheet(sheet.name)
        for number, row in enumerate(sheet.rows, 1):
            for column, raw in enumerate(row, 1):
                if raw is not None:
                    _put(page.cell(number, column), raw)
        for area in sheet.merged:
            page.merge_cells(area.address)
        for hidden in sheet.hidden_rows:
            page.row_dimensions[hidden].hidden = True
        page.sheet_state = "hidden" if sheet.hidden else "visible"
    return copy


def _put(cell: Cell | MergedCell, raw: Raw) -> None:
    if isinstance(cell, MergedCell):
        return
    if isinstance(raw, str):
        put_text(cell, raw)
        cell.quotePrefix = False
    elif isinstance(raw, Literally):
        put_text(cell, raw.text, quote=True)
    elif isinstance(raw, CellError):
        cell.value, cell.data_type = raw.code, "e"
    elif isinstance(raw, Uncomputed):
        cell.value = raw.formula
    elif isinstance(raw, Shown):
        cell.value, cell.number_format = raw.value, _format(raw)
    else:
        cell.value = raw
        if isinstance(raw, date):
            clock = isinstance(raw, datetime) and raw.hour + raw.minute > 0
            cell.number_format = "yyyy-mm-dd hh:mm" if clock else "yyyy-mm-dd"


def _format(shown: Shown) -> str:
    if shown.percent:
        return "0.##%"
    digits = "General" if shown.places is None else "0." + "0" * shown.places
    return f'{digits}"{shown.unit}"' if shown.unit else digits


def _is_ours(page: Worksheet) -> bool:
    return str(page["A1"].value or "").startswith(OURS)


def _clean(copy: Workbook) -> None:
    """Takes off what an earlier round has put on."""
    for page in copy.worksheets:
        if _is_ours(page):
            copy.remove(page)
            continue
        for cell in list(page._cells.values()):
            if not isinstance(cell, Cell):
                continue
            if cell.comment is not None and cell.comment.author == AUTHOR:
                before = _before(cell.comment.text)
                cell.comment = Comment(before, "") if before else None
            if cell.has_style and cell.fill.fgColor.rgb in (RED, YELLOW):
                cell.fill = PatternFill()


def _before(text: str) -> str:
    """The note that stood in the cell before ours."""
    for language in ("zh", "en"):
        _ours, found, rest = text.partition("\n" + sentence("summary.comment_before", language))
        if found:
            return rest
    return ""


def _merged(page: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
    """The cells under merged ranges, with the first cell of each."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for one in page.merged_cells.ranges:
        area = Area(one.min_row, one.min_col, min(one.max_row, page.max_row), min(one.max_col, page.max_column))
        if (area.bottom - area.top + 1) * (area.right - area.left + 1) > 10_000:
            continue
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                found[(row, column)] = (area.top, area.left)
    return found


def _mark(cell: Cell, faults: list[Fault], language: str, *, comment: bool) -> None:
    wrong = any(one.weight == "error" for one in faults)
    cell.fill = FILLS["error" if wrong else "warning"]
    if not comment:
        return
    text = "\n".join(dict.fromkeys(sentence("summary.comment", language) + one.words(language) for one in faults))
    if len(text) > LONGEST_COMMENT:
        text = text[:LONGEST_COMMENT] + "…"
    if cell.comment is not None and cell.comment.text:
        text += "\n" + sentence("summary.comment_before", language) + cell.comment.text
    cell.comment = Comment(text, AUTHOR, height=40 + 22 * (len(text) // 18 + text.count("\n") + 1), width=300)
