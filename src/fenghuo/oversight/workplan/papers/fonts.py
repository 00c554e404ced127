"""The fonts of official papers, and what stands in for them where an office does not have them."""

from typing import Any

from docx.document import Document as WordDocument
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

TITLE, BODY, SUB, BOLD, SIGNS = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
LATIN = "Times New Roman"
INSTEAD = {
    TITLE: "方正小标宋_GBK,华文中宋,宋体",
    BODY: "仿宋,FangSong,华文仿宋",
    SUB: "楷体,KaiTi,华文楷体",
    BOLD: "SimHei",
    SIGNS: "SimSun",
}
KINDS = {TITLE: "auto", BODY: "modern", SUB: "modern", BOLD: "modern", SIGNS: "auto"}
GB2312 = "86"


def name_fonts(document: WordDocument) -> None:
    """Into the table of fonts, each with the names under which Word may look for it instead."""
    part = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    table: Any = parse_xml(part.blob)
    for old in [font for font in table if font.get(qn("w:name")) in INSTEAD]:
        table.remove(old)
    for name, instead in INSTEAD.items():
        font: Any = OxmlElement("w:font", {qn("w:name"): name})
        for tag, value in (("w:altName", instead), ("w:charset", GB2312), ("w:family", KINDS[name])):
            font.append(OxmlElement(tag, {qn("w:val"): value}))
        table.append(font)
    part._blob = serialize_part_xml(table)
