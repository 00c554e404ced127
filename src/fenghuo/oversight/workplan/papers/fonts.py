"""The fonts of official papers, and what stands in for them where an office does not have them."""

from docx.document import Document as WordDocument
from lxml import etree

TITLE, BODY, SUB, BOLD, SIGNS = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
LATIN = "Times New Roman"
INSTEAD = {
    TITLE: "方正小标宋_GBK,华文中宋,宋体",
    BODY: "仿宋,FangSong,华文仿宋",
    SUB: "楷体,KaiTi,华文楷体",
    BOLD: "SimHei",
    SIGNS: "SimSun",
}
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def name_fonts(document: WordDocument) -> None:
    """Into the table of fonts, each with the names under which Word may look for it instead."""
    part = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    table = etree.fromstring(part.blob)
    for name, instead in INSTEAD.items():
        for old in table.findall(f"{{{NAMESPACE}}}font[@{{{NAMESPACE}}}name='{name}']"):
            table.remove(old)
        font = etree.SubElement(table, f"{{{NAMESPACE}}}font", {f"{{{NAMESPACE}}}name": name})
        etree.SubElement(font, f"{{{NAMESPACE}}}altName", {f"{{{NAMESPACE}}}val": instead})
        etree.SubElement(font, f"{{{NAMESPACE}}}charset", {f"{{{NAMESPACE}}}val": "86"})  # GB2312
        family = {TITLE: "auto", BODY: "modern", SUB: "modern", BOLD: "modern", SIGNS: "auto"}[name]
        etree.SubElement(font, f"{{{NAMESPACE}}}family", {f"{{{NAMESPACE}}}val": family})
    part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)
