"""The tables of the appraisal as sheets, with their charts beside them."""

from collections.abc import Sequence
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from fenghuo.standards.sheets.places import letters
from fenghuo.standards.sheets.writing import put_text

from ..models import Clause
from ..reckoning import Stand
from .charts import bars
from .figures import Counts, Group
from .wording import STANDS_ZH

PLACED = ("名次", "单位", "得分", "应完成", "已完成", "进行中", "尚未开展", "逾期", "未计入")
CLAUSES = ("条款", "应完成", "已完成", "进行中", "尚未开展", "逾期", "未计入")
OF_COUNTS = (
    (STANDS_ZH[Stand.DONE], "done"),
    (STANDS_ZH[Stand.UNDER_WAY], "under_way"),
    (STANDS_ZH[Stand.OPEN], "open"),
    (STANDS_ZH[Stand.OVERDUE], "overdue"),
)
HEAD = PatternFill("solid", fgColor="FFE8EEF4")
EDGE = Side(style="thin", color="FF9AA5B1")
THIN = Border(left=EDGE, right=EDGE, top=EDGE, bottom=EDGE)
type Value = str | int | float | None


def counts_row(counts: Counts) -> tuple[int, ...]:
    return (counts.owed, counts.done, counts.under_way, counts.open, counts.overdue, counts.left_out)


def group_rows(group: Group) -> list[tuple[Value, ...]]:
    return [
        (one.rank, one.unit.name, float(one.score) if one.score else None, *counts_row(one.counts))
        for one in (*group.with_rank, *group.without)
    ]


def put_table(page: Worksheet, top: int, heads: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    """Heads in row `top`; no text acts as a formula."""
    for number, values in enumerate((heads, *rows)):
        for column, value in enumerate(values, 1):
            cell = page.cell(top + number, column)
            if isinstance(value, str):
                put_text(cell, value)  # type: ignore[arg-type]
            else:
                cell.value = value
            cell.border = THIN
            if number == 0:
                cell.font, cell.fill = Font(bold=True), HEAD
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def put_heading(page: Worksheet, title: str, under: str) -> None:
    put_text(page["A1"], title)
    put_text(page["A2"], under)
    page["A1"].font = Font(bold=True, size=14)


def put_notes(page: Worksheet, top: int, notes: Sequence[str], wide: int) -> None:
    for place, note in enumerate(notes):
        put_text(page.cell(top + place, 1), note)  # type: ignore[arg-type]
        page.merge_cells(start_row=top + place, end_row=top + place, start_column=1, end_column=wide)
        page.cell(top + place, 1).alignment = Alignment(wrap_text=True, vertical="top")
        page.row_dimensions[top + place].height = 15.5 * (1 + len(note) * 2 // 92)


def clause_rows(clauses: Sequence[tuple[Clause, Counts]]) -> list[tuple[Value, ...]]:
    return [(f"{clause.number} {clause.title}", *counts_row(counts)) for clause, counts in clauses]


def widths(page: Worksheet, *wide: float) -> None:
    for number, width in enumerate(wide, 1):
        page.column_dimensions[letters(number)].width = width


def score_chart(page: Worksheet, top: int, many: int) -> Any:
    """Of the ranked units below the heads in row `top`."""
    return bars(page, first=top + 1, last=top + many, names=2, values=[(3, "score")], stacked=False)


def clause_chart(page: Worksheet, top: int, many: int) -> Any:
    values = [(3 + place, colour) for place, (_word, colour) in enumerate(OF_COUNTS)]
    return bars(page, first=top + 1, last=top + many, names=1, values=values, stacked=True)
