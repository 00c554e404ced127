"""Out and in again changes nothing, and no text that a user wrote can act as a formula."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ..fields import Field, Layout
from ..opening import open_workbook
from ..reading import read_tables
from ..values import Position, Scalar
from ..values.codes import identity_check
from ..words import cleaned
from ..writing import heading_of, write_book

ALL = Layout(
    (
        Field("name", ("名称",), required=True),
        Field("remark", ("说明",)),
        Field("count", ("数量",), "integer"),
        Field("area", ("面积",), "decimal", unit="㎡"),
        Field("money", ("金额(万元)",), "decimal", unit="万元"),
        Field("day", ("日期",), "date"),
        Field("month", ("月份",), "month"),
        Field("yes", ("是否",), "boolean"),
        Field("level", ("级别",), "choice", choices={"a": ("甲级", "一等"), "b": ("乙级",), "c": ("无",)}),
        Field("phone", ("电话",), "phone"),
        Field("phones", ("备用电话",), "phone", many=True),
        Field("identity", ("身份证号",), "identity_number"),
        Field("position", ("坐标",), "coordinates"),
        Field("unit", ("单位名称",), "unit_name"),
    ),
    key=("name",),
    title=("总表", "everything"),
)
ODD = [
    "无",
    "/",
    "合计",
    "小计",
    "=1+1",
    "+86",
    "-5",
    "@SUM(A1)",
    "'x",
    "〃",
    "同上",
    "备注:略",
    "一、甘亭街道",
    "草堂街道",
]
ODD += [
    "名称",
    "电话",
    "#N/A",
    "_x0041_",
    "2012.5",
    "00123",
    "TRUE",
    "填表人:张三",
    "示例",
    "1e5",
    "共3户",
    "*0",
    "※说明",
]
letters = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn"))
lines = st.one_of(st.sampled_from(ODD), st.text(letters, max_size=30)).map(lambda text: cleaned(text).replace("\n", ""))
texts = st.one_of(lines, st.lists(lines.filter(bool), min_size=2, max_size=3).map("\n".join)).map(cleaned)
phones = st.one_of(
    st.integers(13_000_000_000, 19_999_999_999).map(str), st.integers(20_000_000, 89_999_999).map(lambda n: f"029-{n}")
)
degrees = st.decimals(min_value=4, max_value=53, places=6, allow_nan=False)
VALUES: Mapping[str, st.SearchStrategy[Scalar]] = {
    "remark": texts,
    "count": st.integers(-(10**14), 10**14),
    "area": st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False),
    "money": st.decimals(min_value=0, max_value=10**6, places=6, allow_nan=False),
    "day": st.dates(date(1901, 1, 1), date(2099, 12, 31)),
    "month": st.dates(date(1901, 1, 1), date(2099, 12, 31)).map(lambda day: f"{day:%Y-%m}"),
    "yes": st.booleans(),
    "level": st.sampled_from("abc"),
    "phone": phones,
    "phones": st.lists(phones, min_size=1, max_size=3, unique=True).map(tuple),
    "identity": st.builds(
        lambda days, order: (
            (seventeen := f"610118{date(1930, 1, 1) + timedelta(days):%Y%m%d}{order:03d}") + identity_check(seventeen)
        ),
        st.integers(0, 30_000),
        st.integers(0, 999),
    ),
    "position": st.builds(Position, degrees, degrees.map(lambda number: number + 75)),
    "unit": lines,
}
rows = st.fixed_dictionaries({}, optional=dict(VALUES))


def back(found: Mapping[str, Scalar]) -> dict[str, Scalar]:
    return {name: value for name, value in found.items() if value is not None and value != ""}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(st.tuples(lines.filter(bool), rows), max_size=12, unique_by=lambda pair: pair[0]))
def test_out_and_in_again(pairs: list[tuple[str, dict[str, Scalar]]]) -> None:
    given_rows = [{"name": name, **row} for name, row in pairs]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        assert write_book(path, ALL, given_rows) == len(pairs)
        found = read_tables(open_workbook(path), ALL)
    assert [{name: one.value for name, one in row.values.items()} for row in found.rows] == [
        back(row) for row in given_rows
    ]
    assert [fault for fault in found.all_faults if fault.weight == "error"] == []


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", '=HYPERLINK("http://x","y")', "\t=1", "=cmd|' /C calc'!A0"])
def test_a_formula_stays_a_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    write_book(path, ALL, [{"name": text, "remark": text}])
    cell = load_workbook(path).worksheets[0]["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert read_tables(open_workbook(path), ALL).rows[0].value("name") == cleaned(text)


def test_what_the_workbook_looks_like(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    row: dict[str, Scalar] = {
        "name": "广场",
        "day": date(2012, 5, 12),
        "identity": "11010519491231002X",
        "level": "a",
        "area": Decimal("1.5"),
    }
    write_book(path, ALL, [row], {"name": "场所名称"})
    page = load_workbook(path).worksheets[0]
    assert [cell.value for cell in page[1]][:5] == ["场所名称", "说明", "数量", "面积(㎡)", "金额(万元)"]
    assert page.title == "总表"
    assert page.freeze_panes == "B2"
    assert (page["F2"].number_format, page["L2"].number_format, page["L2"].value) == (
        "yyyy-mm-dd",
        "@",
        "11010519491231002X",
    )
    assert (page["I2"].value, page["D2"].value) == ("甲级", 1.5)
    assert [one.formula1 for one in page.data_validations.dataValidation] == ['"是,否"', '"甲级,乙级,无"']
    assert page.column_dimensions["L"].number_format == "@"


def test_a_long_list_of_choices_stands_on_a_sheet_of_its_own(tmp_path: Path) -> None:
    words = {f"v{number}": (f"很长的一个选项第{number}号",) for number in range(40)}
    layout = Layout((Field("name", ("名称",)), Field("kind", ("种类",), "choice", choices=words)), key=("name",))
    write_book(tmp_path / "a.xlsx", layout, [{"name": "广场", "kind": "v7"}])
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["台账", "选项"]
    assert book["选项"].sheet_state == "hidden"
    found = read_tables(open_workbook(tmp_path / "a.xlsx"), layout)
    assert found.rows[0].value("kind") == "v7"


def test_the_heading_names_the_unit() -> None:
    assert heading_of(ALL.field("area")) == "面积(㎡)"
    assert heading_of(ALL.field("money")) == "金额(万元)"
