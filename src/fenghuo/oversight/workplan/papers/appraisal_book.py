"""The year's appraisal (考核) as a workbook: each group with its chart, the clauses, every figure, the rule."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ..reckoning import OWED, Stand
from ..words import group_of
from .figures import Figures, Group
from .sheets import (
    CLAUSES,
    PLACED,
    Value,
    clause_chart,
    clause_rows,
    group_rows,
    put_heading,
    put_notes,
    put_table,
    score_chart,
    widths,
)
from .wording import DEMO, GROUPS_ZH, RULE, STANDS_ZH, as_of, hidden_said, numbers_said, target_said

TOP = 4  # the row of the heads
DETAIL = ("组别", "单位", "条款和指标", "权重", "应完成", "已完成", "差额", "状态", "到期日", "是否计分")


def appraisal_book(figures: Figures) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for group in figures.groups:
        _group(book.create_sheet(GROUPS_ZH[group.key]), group, figures)
    _clauses(book.create_sheet("分条款"), figures)
    _detail(book.create_sheet("明细"), figures)
    _about(book.create_sheet("说明"), figures)
    for page in book.worksheets:
        page.page_setup.paperSize, page.page_setup.orientation = 9, "landscape"
        page.page_setup.fitToHeight = 0
        setup: Any = page.sheet_properties
        setup.pageSetUpPr.fitToPage = True
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _under(figures: Figures) -> str:
    return f"{as_of(figures.moment)}{' ' + DEMO if figures.plan.record.demo else ''}"


def _group(page: Worksheet, group: Group, figures: Figures) -> None:
    put_heading(page, f"{figures.plan.year}年应急管理工作要点考核：{GROUPS_ZH[group.key]}", _under(figures))
    rows = group_rows(group)
    put_table(page, TOP, PLACED, rows)
    for number in range(len(rows)):
        page.cell(TOP + 1 + number, 3).number_format = "0.00"
    put_notes(page, TOP + len(rows) + 2, RULE, len(PLACED))
    widths(page, 7, 30, 9, 9, 9, 9, 10, 8, 9)
    page.freeze_panes = f"C{TOP + 1}"
    if group.with_rank:
        page.add_chart(score_chart(page, TOP, len(group.with_rank)), f"K{TOP}")


def _clauses(page: Worksheet, figures: Figures) -> None:
    put_heading(page, f"{figures.plan.year}年应急管理工作要点分条款完成情况（项次）", _under(figures))
    rows = clause_rows(figures.clauses)
    put_table(page, TOP, CLAUSES, rows)
    widths(page, 38, 9, 9, 9, 10, 8, 9)
    page.freeze_panes = f"B{TOP + 1}"
    if rows:
        page.add_chart(clause_chart(page, TOP, len(rows)), f"I{TOP}")


def _detail(page: Worksheet, figures: Figures) -> None:
    put_heading(page, "逐单位逐指标明细", _under(figures))
    rows = list(_detail_rows(figures))
    put_table(page, TOP, DETAIL, rows)
    widths(page, 18, 28, 46, 7, 9, 9, 8, 16, 12, 10)
    page.freeze_panes = f"D{TOP + 1}"
    page.auto_filter.ref = f"A{TOP}:J{TOP + len(rows)}"


def _detail_rows(figures: Figures) -> Iterator[tuple[Value, ...]]:
    for row in figures.rows:
        for cell in row.cells.values():
            reading, target = cell.reading, row.target
            known = reading.stand in OWED
            figure = (reading.needed, reading.value, reading.left) if known else (None, None, None)
            group, stand = GROUPS_ZH[group_of(cell.unit.kind)], STANDS_ZH[reading.stand]
            day = target.due.isoformat()
            yield group, cell.unit.name, target_said(target), target.weight, *figure, stand, day, _counts(reading.stand)


def _counts(stand: Stand) -> str:
    return "计分" if stand in OWED else "不计分"


def _about(page: Worksheet, figures: Figures) -> None:
    put_heading(page, f"《{figures.plan.record.title}》考核说明", _under(figures))
    notes = [f"依据：{figures.plan.record.number} 第{figures.plan.version}版。数字均由已登记的记录逐项核算。", *RULE]
    if figures.unmeasured:
        notes.append(f"暂无记录可以核算的指标{len(figures.unmeasured)}项：第{numbers_said(figures.unmeasured)}条。")
    if figures.unknown:
        notes.append(f"当日情况不明的指标{len(figures.unknown)}项：第{numbers_said(figures.unknown)}条。")
    if figures.hidden:
        notes.append(hidden_said(figures.hidden))
    put_notes(page, TOP, notes, 1)
    widths(page, 92)
