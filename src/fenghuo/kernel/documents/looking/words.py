"""A document as plain blocks of text: headings, paragraphs, tables. Whoever shows them escapes them."""

import re
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from python_calamine import CalamineWorkbook

from .answers import Block
from .limits import MOST_BLOCKS, MOST_CELLS, MOST_TEXT

HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
ROWS, COLUMNS, SHEETS = 60, 20, 10


def blocks_of(path: Path, kind: str) -> list[Block]:
    """At most MOST_BLOCKS, MOST_CELLS and MOST_TEXT characters; then a last block "more"."""
    made: list[Block] = []
    cells = signs = 0
    for block in _word(path) if "wordprocessing" in kind else _sheets(path):
        made.append(block)
        last = block[-1]
        cells += sum(len(row) for row in last) if isinstance(last, list) else 0
        signs += len(str(last))
        if len(made) >= MOST_BLOCKS or cells > MOST_CELLS or signs > MOST_TEXT:
            return [*made, ["more"]]
    return made


def _word(path: Path) -> Iterator[Block]:
    with path.open("rb") as file:
        document = docx.Document(file)
    for one in document.element.body.iterchildren():
        if one.tag == qn("w:p"):
            yield from _paragraph(Paragraph(one, document))
        elif one.tag == qn("w:tbl"):
            table = [[cell.text for cell in row.cells[:COLUMNS]] for row in Table(one, document).rows[:MOST_BLOCKS]]
            yield ["table", table]


def _paragraph(one: Paragraph) -> Iterator[Block]:
    said = one.text.strip()
    if not said:
        return
    style = one.style.name or "" if one.style else ""
    if found := HEADING.match(style):
        yield ["h", min(4, int(found[1])), said]
    elif style.lower() in ("title", "标题"):
        yield ["h", 1, said]
    else:
        yield ["p", said]


def _sheets(path: Path) -> Iterator[Block]:
    with CalamineWorkbook.from_path(str(path)) as book:
        for name in book.sheet_names[:SHEETS]:
            rows = book.get_sheet_by_name(name).to_python(nrows=ROWS + 1)
            yield ["h", 2, name]
            if rows:
                yield ["table", [[_cell(value) for value in row[:COLUMNS]] for row in rows[:ROWS]]]
            if len(rows) > ROWS:
                yield ["p", "…"]


def _cell(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
