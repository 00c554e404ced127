"""The paper as a Word document, which an office may go on changing."""

from io import BytesIO
from typing import Any, cast

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row

from . import words
from .sheet import ROWS, Box, Paper

LONG, SHORT, EDGE = Cm(29.7), Cm(21), Cm(1.6)
SIGNS = "宋体"  # every Word and WPS has it, or another of its kind instead
LINE = "_" * 12


def paper_docx(paper: Paper) -> bytes:
    document = Document()
    document.core_properties.title = paper.title
    document.core_properties.author = ""
    _page(document, wide=paper.wide)
    _say(document, paper.title, 17, bold=True, centred=True)
    if paper.under:
        _say(document, paper.under, 13, centred=True)
    _say(document, "      ".join(f"{word} {LINE * size}" for word, size in zip(words.head_line(), (2, 1), strict=True)))
    if paper.wide:
        _rows(document, paper.boxes)
    else:
        _card(document, paper)
    _say(document, words.notes_title(), 9, bold=True)
    for place, note in enumerate(paper.notes, 1):
        _say(document, f"{place}. {note}", 9)
    _say(document, "      ".join(f"{word} {LINE}" for word in words.signatures()))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _page(document: WordDocument, *, wide: bool) -> None:
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = (LONG, SHORT) if wide else (SHORT, LONG)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = EDGE
    plain: Any = document.styles["Normal"]
    plain.font.name, plain.font.size = "Times New Roman", Pt(10)
    plain.element.rPr.rFonts.set(qn("w:eastAsia"), SIGNS)
    plain.paragraph_format.space_after = Pt(3)


def _say(document: WordDocument, text: str, size: int = 10, *, bold: bool = False, centred: bool = False) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _rows(document: WordDocument, boxes: tuple[Box, ...]) -> None:
    room = LONG - 2 * EDGE - Cm(1)
    parts = sum(box.width for box in boxes)
    widths = [int(Cm(1)), *(int(room * box.width / parts) for box in boxes)]
    table = _table(document, widths)
    _fill(_row(table), [_("No."), *(box.heading for box in boxes)], widths, bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # said again on each page
    for number in range(1, ROWS + 1):
        row = _row(table)
        _high(row, 0.92)
        _fill(row, [str(number), *(_words(box) for box in boxes)], widths)


def _card(document: WordDocument, paper: Paper) -> None:
    room = SHORT - 2 * EDGE
    shares = (0.19, 0.38, 0.43) if paper.known else (0.22, 0.78)
    widths = [int(room * share) for share in shares]
    table = _table(document, widths)
    if paper.known:
        _fill(_row(table), list(words.card_heads()), widths, bold=True)
    for box in paper.boxes:
        row = _row(table)
        _high(row, 3 if box.tall and not paper.known else 1.05)
        check = [f"{words.check_words()}   {words.change_words()}"] if paper.known else []
        _fill(row, [box.heading, _words(box), *check], widths)


def _words(box: Box) -> str:
    return "  ".join(box.words)


def _row(table: Table) -> _Row:
    return cast("_Row", table.add_row())  # type: ignore[no-untyped-call]


def _table(document: WordDocument, widths: list[int]) -> Table:
    table = cast("Table", document.add_table(rows=0, cols=len(widths), style="Table Grid"))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    return table


def _high(row: _Row, centimetres: float) -> None:
    row.height, row.height_rule = Cm(centimetres), WD_ROW_HEIGHT_RULE.AT_LEAST


def _fill(row: _Row, texts: list[str], widths: list[int], *, bold: bool = False) -> None:
    cells: tuple[_Cell, ...] = row.cells
    for cell, text, width in zip(cells, texts, widths, strict=True):
        cell.width = width  # type: ignore[assignment]
        run = cell.paragraphs[0].add_run(text)
        run.bold, run.font.size = bold, Pt(9)
