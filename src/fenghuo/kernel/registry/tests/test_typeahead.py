"""Units are found by characters, full pinyin, initials, former names and codes."""

from datetime import date

import pytest

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.registry.selectors import find_regions, find_units, region_by_code
from fenghuo.kernel.registry.services import end_unit, rename_region, rename_unit
from tests.county import County


@pytest.mark.parametrize("typed", ["应急管理", "yingjiguanli", "yjgl", "YJGLJ", "ying ji guan li", "610118000000-EMO"])
def test_a_unit_is_found_however_it_is_typed(county: County, typed: str) -> None:
    assert "610118000000-EMO" in [found.code for found in find_units(typed)]


def test_both_readings_of_a_character_are_found(county: County) -> None:
    """鄠 is hù; 行 would be háng or xíng, 重 chóng or zhòng."""
    rename_unit(county.units["education"], by=SYSTEM, name="重庆银行", on=date(2026, 1, 1))
    for typed in ("chongqingyinhang", "zhongqing", "cqyh", "cqyx"):
        assert find_units(typed), typed


def test_a_former_name_still_finds_the_unit(county: County) -> None:
    rename_unit(county.units["a"], by=SYSTEM, name="新草堂街道办事处", on=date(2026, 1, 1))
    rename_unit(county.units["a"], by=SYSTEM, name="圭峰街道办事处", on=date(2026, 2, 1))
    (found,) = find_units("草堂街道办事处", limit=1)
    assert found.name == "圭峰街道办事处"
    assert found.former


def test_a_former_region_name_and_code_find_the_place(county: County) -> None:
    region = county.regions["county"]
    rename_region(region, by=SYSTEM, name="新区", code="610119000000", on=date(2026, 1, 1))
    renamed = region_by_code("610118000000")
    assert renamed is not None
    assert renamed.pk == region.pk
    assert region.pk in [found.pk for found, _name in find_regions("鄠邑区")]


def test_a_unit_that_has_ended_is_not_offered(county: County) -> None:
    end_unit(county.units["education"], by=SYSTEM, on=date(2026, 1, 1))
    assert not find_units("教育局")


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "不存在的单位", "'; DROP TABLE", "\x01"])
def test_nothing_is_found_for_nothing(county: County, typed: str) -> None:
    assert find_units(typed) == []


def test_the_cost_does_not_grow_with_the_matches(county: County, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        assert find_units("区")
