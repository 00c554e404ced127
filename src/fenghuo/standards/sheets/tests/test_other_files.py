"""Lists as text, as old workbooks and as web pages."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlwt

from ..opening import open_workbook
from .making import MEMBERS, SHELTERS, read, said, values, xls

TEXT = (
    "序号,姓名,性别,身份证号,电话\r\n"
    "1,张三,男,11010519491231002X,13800001234\r\n"
    "2,李四,女,6.10125E+17,1.38E+10\r\n"
    "合计,2人,,,\r\n"
)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("gbk"),
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.replace(",", "\t").encode("utf-16"),
        TEXT.replace(",", ";").encode("gb18030"),
        ("sep=;\r\n" + TEXT.replace(",", ";")).encode("utf-8"),
        TEXT.replace("13800001234", '="13800001234"').encode("gbk"),
    ],
    ids=["gbk", "utf-8", "bom", "utf-16 tabs", "semicolons", "sep", "forced text"],
)
@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a.txt"])
def test_a_list_as_text_whatever_its_name(tmp_path: Path, data: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(data)
    found = read(tmp_path / name, MEMBERS)
    assert [values(row) for row in found.rows] == [
        {"name": "张三", "sex": "m", "identity": "11010519491231002X", "phone": "13800001234"},
        {"name": "李四", "sex": "f"},
    ]
    assert [code for _cell, code in said(found)] == ["identity.spoilt", "phone.spoilt"]


def test_a_workbook_of_excel_97(tmp_path: Path) -> None:
    rows = [
        ["避难场所一览表", None, None, None, None],
        ["名称", "镇街", "占地面积(亩)", "电话", "建成时间"],
        ["广场", "甘亭街道", 30, 13800001234, "2012.5"],
        ["学校", None, 3.5, "029-84812345", 41041],
        ["合计", None, 33.5, None, None],
    ]
    path = xls(tmp_path / "a.xls", rows, merged=[(0, 0, 0, 4), (2, 3, 1, 1)])
    found = read(path, SHELTERS)
    assert [values(row) for row in found.rows] == [
        {
            "name": "广场",
            "region": "甘亭街道",
            "area": Decimal(20000),
            "phone": "13800001234",
            "built": date(2012, 5, 1),
        },
        {
            "name": "学校",
            "region": "甘亭街道",
            "area": Decimal("2333.33"),
            "phone": "029-84812345",
            "built": date(2012, 5, 12),
        },
    ]
    assert found.tables[0].account() == {"title": 1, "header": 1, "record": 2, "subtotal": 1}


def test_what_calamine_does_not_tell_of_an_old_workbook(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("台账")
    percent, day, mu = xlwt.XFStyle(), xlwt.XFStyle(), xlwt.XFStyle()
    percent.num_format_str, day.num_format_str, mu.num_format_str = "0%", 'yyyy"年"m"月"d"日"', '0"亩"'
    for column, word in enumerate(["名称", "占地面积", "建成时间", "容纳人数"]):
        page.write(0, column, word)
    page.write(1, 0, "广场")
    page.write(1, 1, 3, mu)
    page.write(1, 2, 41041, day)
    page.row(2).hidden = True
    page.write(2, 0, "学校")
    page.row(2).set_cell_error(3, 0x2A)
    page.col(3).hidden = True
    book.save(str(tmp_path / "a.xls"))
    found = read(tmp_path / "a.xls", SHELTERS)
    assert [values(row) for row in found.rows] == [
        {"name": "广场", "area": Decimal(2000), "built": date(2012, 5, 12)},
        {"name": "学校"},
    ]
    assert said(found) == [("D1", "heading.hidden"), ("A3", "row.hidden"), ("D3", "cell.error")]


@pytest.mark.parametrize("encoding", ["gb2312", "utf-8"])
def test_a_web_page_that_calls_itself_xls(tmp_path: Path, encoding: str) -> None:
    page = f"""<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
    <meta http-equiv="Content-Type" content="text/html; charset={encoding}"><style>td {{color: red}}</style></head>
    <body><table border=1>
    <tr><td colspan="4">避难场所&nbsp;一览表</td></tr>
    <tr><th>名称</th><th>镇街</th><th>容纳<br>人数</th><th>电话</th></tr>
    <tr><td>广场</td><td rowspan=2>甘亭街道</td><td>5,000</td><td>13800001234</td></tr>
    <tr><td>学校
      二部</td><td>约300人<td>029-84812345
    <tr><td>合计</td><td></td><td>5300</td></tr>
    </table></body></html>"""
    (tmp_path / "导出.xls").write_bytes(page.encode(encoding))
    found = read(tmp_path / "导出.xls", SHELTERS)
    assert open_workbook(tmp_path / "导出.xls").form == "html"
    assert [values(row) for row in found.rows] == [
        {"name": "广场", "region": "甘亭街道", "people": 5000, "phone": "13800001234"},
        {"name": "学校 二部", "region": "甘亭街道", "people": 300, "phone": "029-84812345"},
    ]
    assert found.tables[0].account() == {"title": 1, "header": 1, "record": 2, "subtotal": 1}
