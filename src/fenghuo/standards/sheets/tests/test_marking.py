"""The sender's own workbook back: wrong cells coloured, a sentence in each, what was lost said."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from ..marking import mark_copy
from ..opening import open_workbook
from ..summary import RED, YELLOW, Marked
from .making import SHELTERS, read, said, xls, xlsx

ROWS: list[list[str | int | None]] = [
    ["避难场所一览表", None, None],
    ["名称", "容纳人数", "电话"],
    ["广场", "3-5", 13800001234],
    ["学校", "约200", "1380000123"],
    ["中学", 300, 13800001235],
]


def mark(path: Path, out: Path) -> Marked:
    book = open_workbook(path)
    return mark_copy(path, out, read(path, SHELTERS).all_faults, book=book)


def test_colours_notes_and_a_list_in_front(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", ROWS, merged=("A1:C1",))
    assert mark(path, tmp_path / "b.xlsx") == Marked(errors=2, warnings=1, rows=2, lost=())
    book = load_workbook(tmp_path / "b.xlsx")
    front, page = book.worksheets
    assert [
        (cell.coordinate, cell.fill.fgColor.rgb) for row in page.iter_rows() for cell in row if cell.fill.fill_type
    ] == [
        ("B3", RED),
        ("B4", YELLOW),
        ("C4", RED),
    ]
    note = page["B3"].comment
    assert note is not None
    assert note.text == "烽火检查：“3-5”是一个范围。请填一个数，例如较大的那个，范围写在备注里。"
    assert str(front["A2"].value).startswith("红色 2 处")
    assert front["A4"].value == "原文件的内容都在这份文件里。"
    lines = [[cell.value for cell in row] for row in front.iter_rows(min_row=7)]
    assert [line[:5] for line in lines] == [
        [1, "Sheet1", "B3", "容纳人数", "3-5"],
        [2, "Sheet1", "C4", "电话", "1380000123"],
        [3, "Sheet1", "B4", "容纳人数", "约200"],
    ]
    assert front["C7"].hyperlink.location == "'Sheet1'!B3"
    assert [[cell.value for cell in row] for row in page.iter_rows()] == ROWS
    assert [area.coord for area in page.merged_cells.ranges] == ["A1:C1"]


def test_in_english(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", ROWS)
    mark_copy(path, tmp_path / "b.xlsx", read(path, SHELTERS).all_faults, language="en")
    assert "range" in load_workbook(tmp_path / "b.xlsx").worksheets[1]["B3"].comment.text


def test_the_copy_corrected_and_sent_again(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", ROWS)
    mark(path, tmp_path / "b.xlsx")
    book = load_workbook(tmp_path / "b.xlsx")
    page = book.worksheets[1]
    page["B3"], page["B4"] = 5, 200
    book.save(tmp_path / "c.xlsx")
    again = read(tmp_path / "c.xlsx", SHELTERS)
    assert [(row.value("name"), row.value("people")) for row in again.rows] == [
        ("广场", 5),
        ("学校", 200),
        ("中学", 300),
    ]
    assert [(one.sheet, one.why) for one in again.accounts] == [("检查结果", "sheet.ours"), ("Sheet1", "")]
    mark(tmp_path / "c.xlsx", tmp_path / "d.xlsx")
    last = load_workbook(tmp_path / "d.xlsx")
    assert last.sheetnames == ["检查结果", "Sheet1"]
    marked = [
        cell.coordinate for row in last["Sheet1"].iter_rows() for cell in row if cell.fill.fill_type or cell.comment
    ]
    assert marked == ["C4"]


def test_the_senders_own_notes_colours_and_second_sheet_stay(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"甲": ROWS, "检查结果": [["我们自己的"]]})
    book = load_workbook(path)
    book["甲"]["B3"].comment = Comment("等镇上核实", "张三")
    book["甲"]["A5"].fill = PatternFill("solid", fgColor="FF00FF00")
    book["甲"].column_dimensions["A"].width = 33
    book.save(path)
    mark(path, tmp_path / "b.xlsx")
    copy = load_workbook(tmp_path / "b.xlsx")
    assert copy.sheetnames == ["检查结果 2", "甲", "检查结果"]
    assert copy["甲"]["B3"].comment.text.endswith("\n原有批注：等镇上核实")
    assert copy["甲"]["A5"].fill.fgColor.rgb == "FF00FF00"
    assert copy["甲"].column_dimensions["A"].width == 33
    mark(tmp_path / "b.xlsx", tmp_path / "c.xlsx")
    assert load_workbook(tmp_path / "c.xlsx")["甲"]["B3"].comment.text.count("原有批注") == 1


def test_a_merged_cell_is_marked_where_it_can_be_seen(tmp_path: Path) -> None:
    rows = [["名称", "容纳人数"], ["一号馆", 900], ["二号馆", None]]
    path = xlsx(tmp_path / "a.xlsx", rows, merged=("B2:B3",))
    mark(path, tmp_path / "b.xlsx")
    page = load_workbook(tmp_path / "b.xlsx").worksheets[1]
    assert "合并单元格 B2:B3" in page["B2"].comment.text


def test_what_the_copy_lacks_is_said(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    for row in (["名称", "容纳人数"], ["广场", 5], ["学校", "=B2"]):
        page.append(row)
    chart = BarChart()
    chart.add_data(Reference(page, min_col=2, min_row=1, max_row=2))
    page.add_chart(chart, "D2")
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
        archive.writestr("xl/cellimages.xml", b"<x/>")
    assert open_workbook(tmp_path / "a.xlsx").form == "xlsm"
    marked = mark(tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    assert marked.lost == ("lost.macros", "lost.charts", "lost.cell_pictures", "lost.formula_values")
    front = load_workbook(tmp_path / "b.xlsx").worksheets[0]
    assert str(front["A4"].value).startswith("与原文件相比，这份文件不含：宏（VBA）；图表")
    assert "xl/vbaProject.bin" not in zipfile.ZipFile(tmp_path / "b.xlsx").namelist()
    assert load_workbook(tmp_path / "b.xlsx").worksheets[1]["B3"].value == "=B2"


@pytest.mark.parametrize("kind", ["xls", "csv", "html"])
def test_other_files_come_back_as_xlsx(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    if kind == "xls":
        xls(path, ROWS, merged=[(0, 0, 0, 2)])
    elif kind == "csv":
        path.write_bytes("\r\n".join(",".join(str(one or "") for one in row) for row in ROWS).encode("gbk"))
    else:
        cells = "".join("<tr>" + "".join(f"<td>{one or ''}</td>" for one in row) + "</tr>" for row in ROWS)
        path.write_text(f"<html><table>{cells}</table></html>")
    before = said(read(path, SHELTERS))
    marked = mark(path, tmp_path / "b.xlsx")
    assert (marked.errors, marked.warnings) == (2, 1)
    assert load_workbook(tmp_path / "b.xlsx").worksheets[1]["B3"].fill.fgColor.rgb == RED
    assert said(read(tmp_path / "b.xlsx", SHELTERS)) == before


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("名称,容纳人数,联系人\n=1+1,3-5,=cmd|x\n")
    mark(tmp_path / "a.csv", tmp_path / "b.xlsx")
    book = load_workbook(tmp_path / "b.xlsx")
    formulas = [cell.coordinate for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []


def test_a_workbook_whose_styles_openpyxl_cannot_take_is_written_anew(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", ROWS)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b'<family val="2"', b'<family val="99"')
    assert b'"99"' in parts["xl/styles.xml"]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    marked = mark(path, tmp_path / "b.xlsx")
    assert (marked.errors, marked.lost) == (2, ("lost.layout",))
    assert load_workbook(tmp_path / "b.xlsx").worksheets[1]["A5"].value == "中学"
