from datetime import date

import pytest

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, NotAllowed, NotFound, WrongState
from fenghuo.kernel.access.models import Record, Region
from fenghuo.kernel.registry.services import create_region, end_region, move_region, rename_region
from tests.county import County


def test_a_moved_region_takes_its_records_along(county: County) -> None:
    report = county.report()

    def sees(unit: str) -> bool:
        return Record.objects.visible_to(county.actor(unit, "clerk")).filter(pk=report.pk).exists()

    assert (sees("a"), sees("b")) == (True, False)
    move_region(county.regions["village"], by=SYSTEM, parent=county.regions["b"])
    assert (sees("a"), sees("b")) == (False, True)


def test_a_region_cannot_lie_inside_itself(county: County) -> None:
    with pytest.raises(Invalid):
        move_region(county.regions["a"], by=SYSTEM, parent=county.regions["village"])


@pytest.mark.parametrize("code", ["", "61", "6101180072261", "61011800722x", "610118007000"])
def test_a_code_that_cannot_be_is_refused_by_name(county: County, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        create_region(by=SYSTEM, code=code, name="x", level="village", parent=county.regions["a"])
    assert refused.value.faults[0].field == "code"


def test_only_an_administrator_changes_regions(county: County) -> None:
    region = county.regions["a"]
    with pytest.raises(NotAllowed):
        rename_region(region, by=county.actor("emo", "clerk"), name="x", on=date(2026, 1, 1))
    with pytest.raises(NotFound):
        rename_region(region, by=county.actor("b", "administrator"), name="x", on=date(2026, 1, 1))
    rename_region(region, by=county.actor("emo", "administrator"), name="新名街道", on=date(2026, 1, 1))
    assert Record.objects.get(pk=region.pk).title == "新名街道"


def test_a_region_ends_once(county: County) -> None:
    village, town = county.regions["village"], county.regions["a"]
    end_region(village, by=SYSTEM, on=date(2020, 12, 31), successor=town)
    assert Region.objects.get(pk=village.pk).successor_id == town.pk
    with pytest.raises(WrongState):
        end_region(village, by=SYSTEM, on=date(2021, 12, 31))
