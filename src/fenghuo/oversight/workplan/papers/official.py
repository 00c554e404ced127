"""A page as an official paper has it (GB/T 9704-2012): A4, margins, grid of lines, fonts, page numbers."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, cast

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from .fonts import BODY, BOLD, LATIN, SIGNS, SUB, TITLE, name_fonts

WIDTH, HEIGHT = Mm(210), Mm(297)
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
ROOM = Mm(210 - 28 - 26)
SIZES = {"title": 22, "body": 16, "number": 14, "table": 10.5, "note": 12}  # 二号, 三号, 四号, 五号, 小四
LINE = Pt(28.95)  # 22 lines on a page of 225 mm


def new_paper(title: str) -> WordDocument:
    document = Document()
    document.core_properties.title, document.core_properties.author = title, ""
    document.core_properties.comments = ""
    page = document.sections[0]
    page.page_width, page.page_height = WIDTH, HEIGHT
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = TOP, BOTTOM, LEFT, RIGHT
    page.footer_distance = Mm(25)  # the number stands 7 mm below the text
    plain: Any = document.styles["Normal"]
    plain.font.name, plain.font.size = LATIN, Pt(SIZES["body"])
    plain.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    plain.paragraph_format.space_after = plain.paragraph_format.space_before = Pt(0)
    for name in ("Heading 1", "Heading 2"):
        fonts: Any = document.styles[name].element.rPr.rFonts
        fonts.attrib.clear()  # the template's theme fonts
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    name_fonts(document)
    _page_numbers(document)
    return document


def saved(document: WordDocument) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def title(document: WordDocument, text: str, under: str = "") -> None:
    _centred(document, text, TITLE, SIZES["title"])
    if under:
        _centred(document, under, SUB, SIZES["body"])
    document.add_paragraph()


def addressed(document: WordDocument, text: str) -> None:
    """主送: flush left."""
    _spaced(_said(document.add_paragraph(), text, BODY))


def heading(document: WordDocument, text: str, level: int = 1) -> None:
    """一、in 黑体, (一) in 楷体; a heading also for who moves through the document by them."""
    paragraph = document.add_paragraph(style=f"Heading {level}")
    _said(paragraph, text, BOLD if level == 1 else SUB)
    _indented(_spaced(paragraph))
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.keep_with_next = True


def say(document: WordDocument, text: str) -> None:
    _indented(_spaced(_said(document.add_paragraph(), text, BODY)))


def note(document: WordDocument, text: str) -> None:
    """Small, below a table."""
    paragraph = _said(document.add_paragraph(), text, BODY, SIZES["note"])
    paragraph.paragraph_format.first_line_indent = Pt(2 * SIZES["note"])


def signed(document: WordDocument, *lines: str) -> None:
    """To fill in, at the right."""
    document.add_paragraph()
    for line in lines:
        paragraph = _spaced(_said(document.add_paragraph(), line, BODY))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(4 * SIZES["body"])
        paragraph.paragraph_format.keep_together = True


def table(
    document: WordDocument, heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]
) -> Table:
    """`shares`: of the width, in any measure. The heads stand again on each page; no row is torn."""
    made = cast("Table", document.add_table(rows=0, cols=len(heads), style="Table Grid"))
    made.autofit, made.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    widths = [Emu(int(ROOM * share / sum(shares))) for share in shares]
    for grid, width in zip(made.columns, widths, strict=True):
        grid.width = width
    for place, texts in enumerate((heads, *rows)):
        row = cast("_Row", made.add_row())  # type: ignore[no-untyped-call]
        mark = row._tr.get_or_add_trPr()
        mark.append(OxmlElement("w:cantSplit"))
        if place == 0:
            mark.append(OxmlElement("w:tblHeader"))
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            paragraph = _said(cell.paragraphs[0], text, BOLD if place == 0 else BODY, SIZES["table"])
            if place == 0 or len(text) < 8:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return made


def _centred(document: WordDocument, text: str, font: str, size: float) -> None:
    paragraph = _spaced(_said(document.add_paragraph(), text, font, size))
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _said(paragraph: Paragraph, text: str, font: str, size: float = SIZES["body"]) -> Paragraph:
    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.font.bold = Pt(size), LATIN, False
    run.font.italic = False
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")  # else “ ” and … are taken for Latin
    run.font.color.rgb = RGBColor(0, 0, 0)
    return paragraph


def _spaced(paragraph: Paragraph) -> Paragraph:
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = LINE
    return paragraph


def _indented(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.first_line_indent = Pt(2 * SIZES["body"])


def _page_numbers(document: WordDocument) -> None:
    """— 1 —, at the outer edge: odd pages right, even pages left."""
    document.settings.odd_and_even_pages_header_footer = True
    page = document.sections[0]
    for footer, side in ((page.footer, WD_ALIGN_PARAGRAPH.RIGHT), (page.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(SIZES["number"])
        _said(paragraph, "— ", SIGNS, SIZES["number"])
        _field(paragraph, "PAGE")
        _said(paragraph, " —", SIGNS, SIZES["number"])


def _field(paragraph: Paragraph, name: str) -> None:
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("text", "1"), ("end", "")):
        _said(paragraph, text if kind == "text" else "", SIGNS, SIZES["number"])
        run = paragraph.runs[-1]._element
        if kind == "":
            words = OxmlElement("w:instrText")
            words.text = name
            run.append(words)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run.append(mark)
