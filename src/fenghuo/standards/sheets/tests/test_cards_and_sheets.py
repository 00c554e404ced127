"""Lists kept as cards, and as one sheet for each town."""

from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from .making import SHELTERS, SUPPLIES, read, said, values, xlsx


def test_two_cards_on_a_sheet(tmp_path: Path) -> None:
    rows = [
        ["避难场所信息卡"],
        ["名称", "人民广场", "所属镇街", "甘亭街道"],
        ["占地面积(亩)", 30, "容纳人数", "5000人"],
        ["联系人", "张三", "联系电话", 13800001234],
        ["产权单位", "区住建局", "是否室内", "否"],
        [],
        ["避难场所信息卡"],
        ["名称", "体育场", "所属镇街", "草堂街道"],
        ["占地面积(亩)", "3-5", "容纳人数", None],
        ["联系人", None, "联系电话", "13800001235"],
        ["产权单位", None, "是否室内", "√"],
        ["填表人:李四"],
    ]
    found = read(xlsx(tmp_path / "a.xlsx", rows, merged=("A1:D1",)), SHELTERS)
    square, stadium = found.rows
    assert values(square) == {
        "name": "人民广场",
        "region": "甘亭街道",
        "area": Decimal(20000),
        "people": 5000,
        "contact": "张三",
        "phone": "13800001234",
        "indoor": False,
    }
    assert square.values["area"].place.address == "B3"
    assert values(stadium) == {"name": "体育场", "region": "草堂街道", "phone": "13800001235", "indoor": True}
    assert said(found, "error") == [("B9", "number.range")]
    assert [heading.text for heading in found.tables[0].questions] == ["产权单位"]
    assert found.tables[0].cards
    assert found.tables[0].account() == {"title": 2, "record": 8, "signature": 1}


def test_words_in_one_column_and_a_card_in_each_other(tmp_path: Path) -> None:
    rows = [
        ["名称", "广场", "学校"],
        ["镇街", "甘亭街道", "草堂街道"],
        ["容纳人数", 500, "约300"],
        ["联系人", "张三", None],
    ]
    found = read(xlsx(tmp_path / "a.xlsx", rows), SHELTERS)
    assert [(row.value("name"), row.value("people")) for row in found.rows] == [("广场", 500), ("学校", 300)]
    assert found.rows[1].values["people"].place.address == "C3"


def test_a_card_with_words_and_answers_in_one_cell(tmp_path: Path) -> None:
    rows = [["名称:人民广场"], ["所属镇街:甘亭街道"], ["容纳人数:5000人"]]
    found = read(xlsx(tmp_path / "a.xlsx", rows), SHELTERS)
    assert [values(row) for row in found.rows] == [{"name": "人民广场", "region": "甘亭街道", "people": 5000}]


def test_a_sheet_for_each_town(tmp_path: Path) -> None:
    head = ["序号", "名称", "容纳人数"]
    sheets = {
        "填表说明": [["1. 名称填写全称。"], ["2. 人数为设计容量。"]],
        "甘亭街道": [["甘亭街道避难场所"], head, [1, "广场", 500], ["合计", None, 500]],
        "草堂街道": [head, [1, "小学", 300], [2, "中学", 400]],
        "空表": [],
        "字典": [["县级"], ["镇街级"]],
        "旧数据": [head, [1, "旧广场", 5]],
    }
    path = xlsx(tmp_path / "a.xlsx", sheets)
    book = load_workbook(path)
    book["旧数据"].sheet_state = "hidden"
    book.save(path)
    found = read(path, SHELTERS)
    assert [(row.sheet, row.value("name"), row.value("people")) for row in found.rows] == [
        ("甘亭街道", "广场", 500),
        ("草堂街道", "小学", 300),
        ("草堂街道", "中学", 400),
    ]
    assert [(one.sheet, one.why, one.rows) for one in found.accounts] == [
        ("填表说明", "sheet.instructions", 2),
        ("甘亭街道", "", 4),
        ("草堂街道", "", 3),
        ("空表", "sheet.empty", 0),
        ("字典", "sheet.instructions", 2),
        ("旧数据", "sheet.hidden", 2),
    ]
    chosen = read(path, SHELTERS, sheets=["旧数据"])
    assert [row.value("name") for row in chosen.rows] == ["旧广场"]


def test_another_kind_of_list_is_said_and_not_half_imported(tmp_path: Path) -> None:
    rows = [
        ["序号", "名称", "规格型号", "数量", "单价", "存放地点", "联系电话"],
        [1, "帐篷", "12㎡", 5, 1500, "甘亭库", None],
    ]
    path = xlsx(tmp_path / "a.xlsx", rows)
    found = read(path, SHELTERS, others=[SUPPLIES])
    assert found.rows == []
    assert said(found) == [("", "book.other_kind")]
    assert "物资" in found.faults[0].words("zh")
    assert "supplies" in found.faults[0].words("en")


def test_none_of_the_columns_is_there(tmp_path: Path) -> None:
    rows = [["课程", "教师", "教室"], ["语文", "张三", "101"], ["数学", "李四", "102"]]
    path = xlsx(tmp_path / "a.xlsx", rows)
    found = read(path, SHELTERS)
    assert said(found) == [("", "book.other_columns")]
    assert [heading.text for heading in found.seen] == ["课程", "教师", "教室"]
    mapped = read(path, SHELTERS, mapping={"课程": "name", "教师": "contact", "教室": None})
    assert [values(row) for row in mapped.rows] == [
        {"name": "语文", "contact": "张三"},
        {"name": "数学", "contact": "李四"},
    ]


def test_a_required_column_that_is_missing(tmp_path: Path) -> None:
    found = read(xlsx(tmp_path / "a.xlsx", [["品名", "存放地点", "规格"], ["帐篷", "甘亭库", "大"]]), SUPPLIES)
    assert said(found, "error") == [("A1", "heading.required")]


def test_a_remembered_mapping_makes_no_list_out_of_another_one(tmp_path: Path) -> None:
    rows = [["课程", "教师", "手机"], ["语文", "张三", "13800001234"]]
    mapping = {"场地": "name", "教师": "contact", "手机": "phone"}
    found = read(xlsx(tmp_path / "a.xlsx", rows), SHELTERS, mapping=mapping)
    assert found.rows == []
    assert said(found) == [("", "book.no_key")]
