"""A chart into a Word document, with the small workbook that Word opens to change its figures."""

from io import BytesIO
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsmap, qn
from docx.shared import Cm
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.xml.functions import tostring

CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DRAWING = """<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:c="{c}" xmlns:r="{r}">
 <wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>
 <wp:docPr id="{number}" name="Chart {number}"/><wp:cNvGraphicFramePr/>
 <a:graphic><a:graphicData uri="{c}"><c:chart r:id="{id}"/></a:graphicData></a:graphic></wp:inline></w:drawing>"""


def put_chart(document: WordDocument, chart: BarChart, book: Workbook, said: str) -> None:
    """`book`: the one whose cells the chart names. `said`: for who cannot see it."""
    package = document.part.package
    number = 1 + sum(1 for part in package.iter_parts() if part.content_type == CHART)
    held = BytesIO()
    book.save(held)
    name = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
    cells = Part(name, BOOK, held.getvalue(), package)
    drawn = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART, None, package)
    drawn._blob = _xml(chart, drawn.relate_to(cells, RELATIONSHIP_TYPE.PACKAGE))
    key = document.part.relate_to(drawn, RELATIONSHIP_TYPE.CHART)
    wide, high = int(Cm(chart.width)), int(Cm(chart.height))
    drawing: Any = parse_xml(
        DRAWING.format(c=nsmap["c"], r=nsmap["r"], wide=wide, high=high, number=100 + number, id=key)
    )
    drawing[0].find(qn("wp:docPr")).set("descr", said)
    document.add_paragraph().add_run()._element.append(drawing)


def _xml(chart: Any, book: str) -> bytes:
    space: Any = parse_xml(tostring(chart._write()))
    outside: Any = OxmlElement("c:externalData", {qn("r:id"): book})
    outside.append(OxmlElement("c:autoUpdate", {"val": "0"}))
    space.append(outside)
    return serialize_part_xml(space)
