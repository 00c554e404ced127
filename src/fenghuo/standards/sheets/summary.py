"""The sheet that the marked copy has in front: how many faults, what the copy lacks, each fault with its cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from .faults import Fault, sentence
from .places import letters
from .writing import put_text

OURS = "检查结果 · 烽火"  # how the sheet is known when the copy comes back
SUMMARY = "检查结果"
RED, YELLOW = "FFFFC7CD", "FFFFEB9D"  # one step off Excel's own, so that they are known again
FILLS = {"error": PatternFill("solid", fgColor=RED), "warning": PatternFill("solid", fgColor=YELLOW)}
MOST_COMMENTS = 3000  # Excel becomes slow beyond
MOST_LINES = 10_000
WIDTHS = (8, 18, 10, 22, 36, 90)


@dataclass(frozen=True, slots=True)
class Marked:
    """What the copy says: how many cells with errors and with warnings, rows concerned, and codes of what it lost."""

    errors: int
    warnings: int
    rows: int
    lost: tuple[str, ...]


def add_summary(copy: Workbook, faults: Sequence[Fault], marked: Marked, language: str) -> None:
    """The sheet in front: how many, what the copy lacks, and each fault with a link to its cell."""
    title, number = SUMMARY, 2
    while title in copy.sheetnames:
        title, number = f"{SUMMARY} {number}", number + 1
    page: Worksheet = copy.create_sheet(title, 0)
    counts = {"errors": str(marked.errors), "warnings": str(marked.warnings), "rows": str(marked.rows)}
    lines = [
        sentence("summary.title", language),
        sentence("summary.counts", language).format_map(counts),
        sentence("summary.how", language),
        _lacks(marked.lost, language),
    ]
    for row, line in enumerate(lines, 1):
        cell = page.cell(row, 1)
        put_text(_real(cell), line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(WIDTHS))
        page.row_dimensions[row].height = 18 * (len(line) // 85 + 1)
    page["A1"].font = Font(bold=True, size=14)
    head = len(lines) + 2
    words = sentence("summary.columns", language).split("|")
    for column, (word, width) in enumerate(zip(words, WIDTHS, strict=True), 1):
        page.cell(head, column, word).font = Font(bold=True)
        page.column_dimensions[letters(column)].width = width
    for row, fault in enumerate(_ordered(faults), head + 1):
        _line(page, row, row - head, fault, language)
    page.freeze_panes = f"A{head + 1}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for other in copy.worksheets:
        other.sheet_view.tabSelected = other is page
    copy.active = 0


def _ordered(faults: Iterable[Fault]) -> list[Fault]:
    """Those of the whole file first, errors before warnings, then as they stand in the file."""
    return sorted(faults, key=lambda one: (one.place is not None, one.weight != "error"))[:MOST_LINES]


def _line(page: Worksheet, row: int, number: int, fault: Fault, language: str) -> None:
    place = fault.place
    page.cell(row, 1, number).fill = FILLS[fault.weight]
    where = place.sheet if place else sentence("summary.whole_file", language)
    words = (where, place.address if place else "", fault.params.get("heading", ""), fault.given, fault.words(language))
    for column, text in enumerate(words, 2):
        if text:
            put_text(_real(page.cell(row, column)), text[:500])
    if place:
        link = page.cell(row, 3)
        quoted = place.sheet.replace("'", "''")
        link.hyperlink = Hyperlink(ref="", location=f"'{quoted}'!{place.address}")
        link.font = Font(underline="single", color="FF0B57A4")
    page.cell(row, 6).alignment = Alignment(wrap_text=True, vertical="top")


def _lacks(lost: tuple[str, ...], language: str) -> str:
    if not lost:
        return sentence("summary.lost_nothing", language)
    words = [sentence(code, language).format_map({"most": _most(code)}) for code in dict.fromkeys(lost)]
    return sentence("summary.lost", language).format_map({"things": "；".join(words)})


def _most(code: str) -> str:
    return str(MOST_COMMENTS if code == "lost.more_comments" else MOST_LINES)


def _real(cell: Cell | MergedCell) -> Cell:
    assert isinstance(cell, Cell)
    return cell
