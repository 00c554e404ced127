"""物资台账: a unit in a line above, groups, sums between and at the end, amounts with their words."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from .making import SUPPLIES, read, said, values, xlsx

ROWS = [
    ["鄠邑区应急物资储备台账"],
    ["填报单位:区应急管理局", None, None, None, None, "单位:万元", None, "填报日期:2026年5月"],
    [
        "序号",
        "品 名",
        "规格\n型号",
        "库存数量",
        "单价（元）",
        "金额",
        "重量(公斤)",
        "存放地点",
        "购置时间",
        "保管人",
        "联系电话",
    ],
    ["一、救灾帐篷类"],
    [1, "棉帐篷", "12㎡", "200顶", 1500, 30, "1.2万", "甘亭库", "2019.5", "张三", 13800001234],
    [2, "单帐篷", "12㎡", "１００", "1,200", "12", 3000, "〃", "2019年底", "〃", "13800001235"],
    [None, "小计", None, 300, None, 42],
    ["二、排涝设备类"],
    [3, "发电机", "50kW", "约5台", "3.5万", "17.5万元", "500公斤", "草堂库", 43586, "李四", "029-84812345"],
    [4, "水泵", "/", "十二台", "无", "—", None, "草堂库", "20190501", "李四", None],
    [None, "小计", None, 17, None, 17.5],
    ["合  计", None, None, 317, None, 59.5],
    ["备注:金额为购置时价格,不含运费。"],
    ["填表人:张三", None, None, "审核人:李四", None, None, None, "单位(盖章)"],
]


def test_every_row_of_a_list_of_supplies(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", ROWS, merged=("A1:K1", "A4:K4"))
    found = read(path, SUPPLIES)
    tent, rain, power, pump = found.rows
    assert values(tent) == {
        "name": "棉帐篷",
        "model": "12㎡",
        "amount": 200,
        "price": Decimal(1500),
        "value": Decimal(30),
        "weight": Decimal(12),
        "depot": "甘亭库",
        "bought": date(2019, 5, 1),
        "keeper": "张三",
        "phone": "13800001234",
    }
    assert tent.values["amount"].counted_in == "顶"
    assert tent.group == "一、救灾帐篷类"
    assert (rain.value("depot"), rain.value("keeper")) == ("甘亭库", "张三")
    assert rain.values["depot"].carried
    assert (rain.value("amount"), rain.value("price"), rain.value("bought")) == (100, Decimal(1200), date(2019, 12, 31))
    assert values(power) == {
        "name": "发电机",
        "model": "50kW",
        "amount": 5,
        "price": Decimal(35000),
        "value": Decimal("17.5"),
        "weight": Decimal("0.5"),
        "depot": "草堂库",
        "bought": date(2019, 5, 1),
        "keeper": "李四",
        "phone": "029-84812345",
    }
    assert power.group == "二、排涝设备类"
    assert values(pump) == {
        "name": "水泵",
        "amount": 12,
        "depot": "草堂库",
        "bought": date(2019, 5, 1),
        "keeper": "李四",
    }
    assert said(found) == [("I5", "date.only_month"), ("I6", "date.only_year"), ("D9", "number.about")]


def test_the_account_of_a_list_of_supplies(tmp_path: Path) -> None:
    found = read(xlsx(tmp_path / "a.xlsx", ROWS, merged=("A1:K1", "A4:K4")), SUPPLIES)
    (table,) = found.tables
    assert table.account() == {
        "title": 2,
        "header": 1,
        "group": 2,
        "record": 4,
        "subtotal": 3,
        "note": 1,
        "signature": 1,
    }
    assert found.accounts[0].rows == len(ROWS)
    assert [(line.row, line.kind) for line in table.lines if line.kind == "subtotal"] == [
        (7, "subtotal"),
        (11, "subtotal"),
        (12, "subtotal"),
    ]


def test_a_unit_above_the_table_holds_for_columns_without_one(tmp_path: Path) -> None:
    rows = [["储备清单(单位:元)"], ["品名", "数量", "金额"], ["棉帐篷", 2, 30000]]
    found = read(xlsx(tmp_path / "a.xlsx", rows), SUPPLIES)
    assert found.rows[0].value("value") == Decimal(3)
    assert ("C2", "heading.unit_from_title") in said(found)


def test_a_sum_never_becomes_a_record(tmp_path: Path) -> None:
    sums = [
        "合计",
        "总计",
        "小 计",
        "甘亭街道小计",
        "合计:",
        "合计(件)",
        "共计12件",
        "全区总计",
        "本页合计",
        "共3种",
        "累 计",
    ]
    rows = [["品名", "数量"], ["帐篷", 1], *[[words, 1] for words in sums], *[[None, 7]], ["棉被", 2]]
    found = read(xlsx(tmp_path / "a.xlsx", rows), SUPPLIES)
    assert [row.value("name") for row in found.rows if row.ok] == ["帐篷", "棉被"]
    assert found.tables[0].account()["subtotal"] == len(sums)
    assert said(found, "error") == [(f"A{len(sums) + 3}", "value.required")]
