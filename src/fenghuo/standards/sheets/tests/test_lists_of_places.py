"""避难场所一览表 and 隐患点台账: 亩, positions in every form, merged cells, hidden rows and columns."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook, load_workbook

from ..fields import Field, Layout
from ..values import Position
from .making import SHELTERS, read, said, values, xlsx

HAZARDS = Layout(
    (
        Field("code", ("编号", "隐患点编号"), required=True),
        Field("name", ("隐患点名称", "名称"), required=True),
        Field("longitude", ("经度",), "longitude"),
        Field("latitude", ("纬度",), "latitude"),
        Field("households", ("威胁户数", "户数"), "integer", unit="户"),
        Field("people", ("威胁人数", "人数"), "integer", unit="人"),
        Field("watcher", ("监测人", "监测责任人")),
    ),
    key=("code",),
    title=("隐患点", "hazards"),
)


def test_a_list_of_shelters_in_mu(tmp_path: Path) -> None:
    rows = [
        ["鄠邑区应急避难场所一览表"],
        [
            "序号",
            "避难场所\n名称*",
            "所属乡镇",
            "占地面积（亩）",
            "可容纳 人数",
            "坐标",
            None,
            "联系人",
            None,
            "建成时间",
        ],
        [None, None, None, None, None, "经度", "纬度", "姓名", "电话", None],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)"],
        [1, "人民广场", "甘亭街道", 30, "5000人", 108.6, 34.1, "张三", 13800001234, "2012.5"],
        [2, "体育场", None, "约20亩", "1.2万", 34.1, 108.6, "李四", "13800001235", "2012年底"],
        [3, "草堂小学", "草堂街道", "3-5", 500, "108°35′20″", "34°6′", "王五", "1380000123", None],
        [4, "石井中学", "石井街道", "2000平方米", 300, 108.6, None, "赵六", None, None],
    ]
    merged = ("A1:J1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:G2", "H2:I2", "J2:J3", "C5:C6")
    found = read(xlsx(tmp_path / "a.xlsx", rows, merged=merged), SHELTERS)
    square, stadium, school, middle = found.rows
    assert values(square) == {
        "name": "人民广场",
        "region": "甘亭街道",
        "area": Decimal(20000),
        "people": 5000,
        "position": Position(Decimal("34.1"), Decimal("108.6")),
        "contact": "张三",
        "phone": "13800001234",
        "built": date(2012, 5, 1),
    }
    assert (stadium.value("region"), stadium.value("area"), stadium.value("people")) == (
        "甘亭街道",
        Decimal("13333.33"),
        12000,
    )
    assert stadium.value("position") == square.value("position")
    assert school.value("position") == Position(Decimal("34.1"), Decimal("108.5888889"))
    assert middle.value("area") == Decimal(2000)
    assert said(found, "error") == [("D7", "number.range"), ("I7", "phone.digits"), ("F8", "position.half")]
    assert ("F6", "position.swapped") in said(found, "warning")
    assert ("D8", "number.unit_differs") in said(found, "warning")
    assert found.tables[0].account() == {"title": 1, "header": 3, "record": 4}


def test_hazards_with_one_cell_for_both(tmp_path: Path) -> None:
    rows = [
        ["编号", "隐患点名称", "坐标(经纬度)", "威胁\n户数/人数", "威胁户数（户）", "威胁人数", "监测责任人", None],
        ["HZ001", "涝河右岸", "108.6,34.1", None, "12户", 45, "张三", "加固中"],
        ["HZ002", "太平口", "东经108°35′20″，北纬34°6′", None, 3, "约10人", "李四", None],
        ["HZ003", "化羊峪", "108.6", None, 3, 10, "李四", None],
    ]
    found = read(xlsx(tmp_path / "a.xlsx", rows), HAZARDS)
    assert [(row.value("longitude"), row.value("latitude")) for row in found.rows] == [
        (Decimal("108.6"), Decimal("34.1")),
        (Decimal("108.5888889"), Decimal("34.1")),
        (None, None),
    ]
    assert [row.value("people") for row in found.rows] == [45, 10, 10]
    assert said(found, "error") == [("C4", "position.two_needed")]
    assert [(one.key, one.filled) for one in found.tables[0].questions] == [("@H", 1)]


def test_longitude_and_latitude_in_each_others_column(tmp_path: Path) -> None:
    rows = [["编号", "名称", "经度", "纬度"], ["HZ001", "涝河", "34°6′", "108°36′"], ["HZ002", "太平口", 34.1, 34.2]]
    found = read(xlsx(tmp_path / "a.xlsx", rows), HAZARDS)
    first, second = found.rows
    assert (first.value("longitude"), first.value("latitude")) == (Decimal("108.6"), Decimal("34.1"))
    assert (second.value("longitude"), second.value("latitude")) == (None, Decimal("34.2"))
    assert said(found) == [
        ("C2", "position.swapped"),
        ("D2", "position.swapped"),
        ("C3", "position.latitude_here"),
    ]


def test_an_amount_in_merged_cells_counts_once(tmp_path: Path) -> None:
    rows = [["名称", "镇街", "容纳人数"], ["一号馆", "甘亭街道", 900], ["二号馆", None, None], ["三号馆", None, None]]
    found = read(xlsx(tmp_path / "a.xlsx", rows, merged=("B2:B4", "C2:C4")), SHELTERS)
    assert [row.value("region") for row in found.rows] == ["甘亭街道"] * 3
    assert [row.value("people") for row in found.rows] == [900, None, None]
    assert said(found) == [("C3", "cell.merged"), ("C4", "cell.merged")]


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "a.xlsx", [["名称", "联系人", "电话"], ["广场", "张三", 13800001234], ["学校", "李四", None]]
    )
    book = load_workbook(path)
    book.worksheets[0].row_dimensions[3].hidden = True
    book.worksheets[0].column_dimensions["C"].hidden = True
    book.save(path)
    found = read(path, SHELTERS)
    assert [(row.value("name"), row.hidden) for row in found.rows] == [("广场", False), ("学校", True)]
    assert said(found) == [("C1", "heading.hidden"), ("A3", "row.hidden")]
    assert found.tables[0].account() == {"header": 1, "record": 1, "hidden": 1}
    left = read(path, SHELTERS, hidden_rows="leave")
    assert [row.value("name") for row in left.rows] == ["广场"]
    assert [(line.row, line.kind) for line in left.tables[0].lines] == [(1, "header"), (3, "hidden")]


def test_formulas(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    for row in (["名称", "面积", "容纳人数"], ["广场", "=B9", 5], ["学校", "#REF!", 7]):
        page.append(row)
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx", SHELTERS)
    assert said(found) == [("B2", "cell.uncomputed"), ("B3", "cell.error")]
    assert [fault.given for fault in found.all_faults] == ["=B9", "#REF!"]


def test_a_row_of_units_under_the_headings(tmp_path: Path) -> None:
    rows = [["名称", "占地面积", "可容纳人数"], [None, "（亩）", "（人）"], ["广场", 3, 4]]
    found = read(xlsx(tmp_path / "a.xlsx", rows), SHELTERS)
    assert [values(row) for row in found.rows] == [{"name": "广场", "area": Decimal(2000), "people": 4}]
    assert found.tables[0].account() == {"header": 2, "record": 1}


def test_headings_in_three_rows(tmp_path: Path) -> None:
    rows = [
        ["序号", "基本情况", None, None, "责任人", None, None, None],
        [None, "名称", "位置", None, "镇街责任人", None, "管理人", None],
        [None, None, "经度", "纬度", "姓名", "电话", "姓名", "电话"],
        [1, "广场", 108.6, 34.1, "张三", 13800001234, "李四", 13800001235],
    ]
    merged = ("A1:A3", "B1:D1", "B2:B3", "C2:D2", "E1:H1", "E2:F2", "G2:H2")
    path = xlsx(tmp_path / "a.xlsx", rows, merged=merged)
    found = read(path, SHELTERS)
    place = Position(Decimal("34.1"), Decimal("108.6"))
    assert [values(row) for row in found.rows] == [{"name": "广场", "position": place, "contact": "李四"}]
    assert [(one.text, one.state) for one in found.tables[0].questions] == [
        ("责任人/镇街责任人/姓名", "unknown"),
        ("责任人/镇街责任人/电话", "ambiguous"),
        ("责任人/管理人/电话", "ambiguous"),
    ]
    answered = read(path, SHELTERS, mapping={"责任人/管理人/电话": "phone"})
    assert answered.rows[0].value("phone") == "13800001235"


def test_groups_without_numbers_stand_in_doubt(tmp_path: Path) -> None:
    rows = [["名称", "电话"], ["甘亭街道"], ["广场", 13800001234], ["二、草堂街道"], ["小学", 13800001235], ["共计2处"]]
    found = read(xlsx(tmp_path / "a.xlsx", rows), SHELTERS)
    assert [(row.value("name"), row.group) for row in found.rows] == [("广场", "甘亭街道"), ("小学", "二、草堂街道")]
    assert said(found) == [("A2", "row.group")]


def test_the_key_is_missing(tmp_path: Path) -> None:
    found = read(xlsx(tmp_path / "a.xlsx", [["地址", "电话", "联系人"], ["城东", "13800001234", "张三"]]), SHELTERS)
    assert said(found) == [("", "book.no_key")]
    assert "名称" in found.faults[0].words("zh")


def test_positions_that_say_nothing(tmp_path: Path) -> None:
    rows = [
        ["名称", "经度", "纬度"],
        ["广场", "无", "/"],
        ["学校", "—", None],
        ["公园", 108.6, 34.1],
        ["*小学", 0, 34.1],
    ]
    found = read(xlsx(tmp_path / "a.xlsx", rows), SHELTERS)
    assert [(row.value("name"), row.value("position") is None) for row in found.rows] == [
        ("广场", True),
        ("学校", True),
        ("公园", False),
        ("*小学", True),
    ]
    assert said(found) == [("B5", "position.zero")]
