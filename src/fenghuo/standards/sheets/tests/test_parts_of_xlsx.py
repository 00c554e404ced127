"""How Excel, WPS and other programs write their sheets: ECMA-376 lets them do it in many ways."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from ..book import CellError, Raw, Shown, Uncomputed
from ..opening import open_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
TEXTS = (
    "<si><t>名称</t></si><si><r><t>人民</t></r><r><t>广场</t></r></si>"
    '<si><t>田中</t><rPh sb="0" eb="1"><t>タナカ</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si>'
)
STYLES = (
    '<numFmts><numFmt numFmtId="176" formatCode="0&quot;亩&quot;"/>'
    '<numFmt numFmtId="177" formatCode="yyyy\\年m\\月"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="57"/><xf numFmtId="9"/>'
    '<xf numFmtId="176"/><xf numFmtId="177"/><xf numFmtId="2"/><xf numFmtId="0" quotePrefix="1"/></cellXfs>'
)


def workbook(
    path: Path, cells: str, *, prefix: str = "", strict: bool = False, settings: str = "", around: str = ""
) -> Path:
    main, office = (STRICT_MAIN, STRICT_OFFICE) if strict else (MAIN, OFFICE)
    mark = f"{prefix}:" if prefix else ""
    bound = f'xmlns{":" + prefix if prefix else ""}="{main}"'

    def named(xml: str) -> str:
        return xml if not prefix else xml.replace("</", "\0").replace("<", f"<{mark}").replace("\0", f"</{mark}")

    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{office}/officeDocument" '
        'Target="/xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{settings}<sheets>'
        '<sheet name="台账" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="s" Type="{office}/worksheet" Target="worksheets/sheet9.xml"/>'
        f'<Relationship Id="t" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="y" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet9.xml": named(f"<worksheet {bound}>{around}<sheetData>{cells}</sheetData></worksheet>"),
        "xl/sharedStrings.xml": named(f"<sst {bound}>{TEXTS}</sst>"),
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{STYLES}</styleSheet>',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c t="s"><v>1</v></c>', "人民广场"),
        ('<c t="s"><v>2</v></c>', "田中"),
        ('<c t="s"><v>3</v></c>', "a\rb_x0041_"),
        ('<c t="inlineStr"><is><r><t>一</t></r><r><t>二</t></r></is></c>', "一二"),
        ('<c t="str"><f>TEXT(A1,"0")</f><v>0610125199001011234</v></c>', "0610125199001011234"),
        ("<c><f>1+1</f><v>2</v></c>", 2),
        ("<c><f>1+1</f></c>", Uncomputed("=1+1")),
        ("<c><f>1+1</f><v></v></c>", Uncomputed("=1+1")),
        ('<c t="str"><f>""</f><v></v></c>', None),
        ('<c t="e"><f>B9</f><v>#N/A</v></c>', CellError("#N/A")),
        ('<c t="b"><v>1</v></c>', True),
        ('<c t="d"><v>2012-05-12</v></c>', date(2012, 5, 12)),
        ('<c s="1"><v>41041</v></c>', datetime(2012, 5, 12)),
        ('<c s="2"><v>41041</v></c>', datetime(2012, 5, 12)),
        ('<c s="3"><v>41041</v></c>', datetime(2012, 5, 12)),
        ('<c s="6"><v>41041</v></c>', datetime(2012, 5, 12)),
        ('<c s="4"><v>0.85</v></c>', Shown(0.85, percent=True)),
        ('<c s="5"><v>200</v></c>', Shown(200, unit="亩")),
        ('<c s="7"><v>2012.1</v></c>', Shown(2012.1, places=2)),
        ("<c><v>1.38E10</v></c>", 13_800_000_000),
        ("<c><v>108.60000000000001</v></c>", 108.60000000000001),
        ('<c s="99"><v>5</v></c>', 5),
    ],
)
@pytest.mark.parametrize("prefix", ["", "x"])
def test_a_cell(tmp_path: Path, cell: str, value: Raw, prefix: str) -> None:
    path = workbook(tmp_path / "a.xlsx", f'<row><c t="s"><v>0</v></c>{cell}</row>', prefix=prefix)
    (sheet,) = open_workbook(path).sheets
    assert sheet.cell(1, 1) == "名称"
    assert sheet.cell(1, 2) == value
    assert type(sheet.cell(1, 2)) is type(value)


def test_cells_with_and_without_their_address(tmp_path: Path) -> None:
    cells = '<row r="2"><c r="B2"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>'
    (sheet,) = open_workbook(workbook(tmp_path / "a.xlsx", cells)).sheets
    assert sheet.rows == [[], [None, 1, 2], [3]]


def test_strict_ooxml_and_the_calendar_of_1904(tmp_path: Path) -> None:
    cells = '<row><c s="1"><v>39579</v></c></row>'
    path = workbook(tmp_path / "a.xlsx", cells, strict=True, settings='<workbookPr date1904="1"/>')
    assert open_workbook(path).sheets[0].rows == [[datetime(2012, 5, 12)]]


def test_hidden_columns_in_ranges(tmp_path: Path) -> None:
    around = '<cols><col min="2" max="3" hidden="1"/><col min="5" max="16384" hidden="true"/></cols>'
    path = workbook(tmp_path / "a.xlsx", '<row hidden="1"><c><v>1</v></c></row>', around=around)
    (sheet,) = open_workbook(path).sheets
    assert {2, 3, 5, 6} <= sheet.hidden_columns
    assert 4 not in sheet.hidden_columns
    assert sheet.hidden_rows == {1}
