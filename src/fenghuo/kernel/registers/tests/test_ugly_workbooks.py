"""Workbooks as counties keep them, through the whole road into registers. standards.sheets has them one by one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fenghuo.kernel.access.models import Person, Unit
from fenghuo.standards.sheets.tests.making import xls, xlsx
from tests.county import County
from tests.workbooks import act, bring, counted


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.IMPORTS = tmp_path / "imports"


@pytest.fixture
def office(county: County, sign_in: Callable[..., Client]) -> Client:
    return sign_in("emo", "administrator")


def test_people_under_a_title_with_two_header_rows_groups_dittos_and_a_signature(
    office: Client, tmp_path: Path
) -> None:
    file = xlsx(
        tmp_path / "a.xlsx",
        [
            ["2026年基层应急责任人名册", None, None, None, None, None],
            ["填报单位：草堂街道办事处（盖章）", None, None, None, None, None],
            ["序号", "工作单位", "基本信息", None, None, "备用"],
            [None, None, "姓名", "职务", "手机", None],
            ["一、街道", None, None, None, None, None],
            [1, "草堂街道办事处", "李　四", "主任", "１３８００００００１１", None],
            [2, "〃", "王五", "干事", 13800000012, None],
            ["二、村", None, None, None, None, None],
            [3, "草堂营村村委会", "赵六", "支书", "138-0000-0013", None],
            ["合计", "3人", None, None, None, None],
            ["填表人：钱七        审核人：孙八        2026年5月12日", None, None, None, None, None],
        ],
        merged=["A1:F1", "C3:E3", "A3:A4", "B3:B4"],
    )
    brought = bring(office, "people", file.read_bytes())
    assert counted(brought.counts) == (3, 0, 0, 0), (brought.problems, list(brought.rows.values()))
    act(office, "apply_import", brought)
    known = {
        (one.name, one.record.unit.code, one.mobile)
        for one in Person.objects.exclude(name="张三").select_related("record__unit")
        if one.record.unit
    }
    assert known == {
        ("李 四", "610118007000", "13800000011"),
        ("王五", "610118007000", "13800000012"),
        ("赵六", "610118007226", "13800000013"),
    }
    assert counted(bring(office, "people", file.read_bytes()).counts) == (0, 0, 3, 0)


def test_units_in_an_old_xls_with_merged_regions_and_a_sum(office: Client, tmp_path: Path) -> None:
    file = xls(
        tmp_path / "b.xls",
        [
            ["企业学校台账", None, None, None, None],
            ["名称*", "类型", "所属街道", "统一社会信用代码", "电话"],
            ["草堂小学", "学校", "草堂街道", "12610118DEM000001A", "029-84810001"],
            ["草堂中学", "学校", None, "12610118DEM000002A", "02984810002"],
            ["余下纸箱厂", "企业", "余下街道", "91610118DEM000003A", "无"],
            ["小计", "3", None, None, None],
        ],
        merged=[(0, 0, 0, 4), (2, 3, 2, 2)],
    )
    brought = bring(office, "units", file.read_bytes(), "b.xls")
    rows = list(brought.rows.values("number", "kind", "problems"))
    assert counted(brought.counts) == (3, 0, 0, 0), (brought.problems, rows)
    act(office, "apply_import", brought)
    made = (
        Unit.objects.filter(code__contains="DEM").order_by("code").values_list("code", "kind", "region__name", "phone")
    )
    assert [(code, kind, region) for code, kind, region, _phone in made] == [
        ("12610118DEM000001A", "school", "草堂街道"),
        ("12610118DEM000002A", "school", "草堂街道"),
        ("91610118DEM000003A", "enterprise", "余下街道"),
    ]
    assert list(made)[2][3] == ""


def test_people_in_a_csv_of_gbk_with_a_repeated_header(office: Client) -> None:
    text = (
        "姓名,单位名称,岗位,移动电话\r\n李四,草堂街道办事处,干事,13800000011\r\n姓名,单位名称,岗位,移动电话\r\n"
        "王五,余下街道办事处,干事,暂无\r\n,,,\r\n备注：以上名单截至5月\r\n"
    )
    brought = bring(office, "people", text.encode("gb18030"), "c.csv")
    if one := next((one for one in brought.headings if one["text"] == "单位名称" and one["state"] != "mapped"), None):
        act(office, "answer_import", brought, **{f"column-{brought.headings.index(one)}": "unit"})
    assert counted(brought.counts) == (2, 0, 0, 0), (brought.problems, list(brought.rows.values()))
