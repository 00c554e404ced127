"""The register of townships and villages: what a county brings in first, and who keeps it."""

from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, NotAllowed, WrongState
from fenghuo.kernel.access.models import Record, Region
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.registry.services import change_place, enter_place
from fenghuo.kernel.registry.services.regions import create_region, end_region
from tests.county import County
from tests.register_suite import KNOWN_TO_ALL, RegisterSuite
from tests.workbooks import Rows, act, bring, counted, xlsx

pytestmark = pytest.mark.django_db
_made = count()


class TestPlaces(RegisterSuite):
    name = "regions"
    wrong = {"people": "-3", "latitude": "95", "name": ""}
    new = {
        "name": "草堂新村",
        "level": "village",
        "parent": "610118007000",
        "code": "610118007299",
        "people": "1830",
        "people_as_of": "2025-12-31",
        "longitude": "108.61",
        "latitude": "34.05",
    }
    cast = KNOWN_TO_ALL

    def make(self, county: County) -> Region:
        place = next(_made)
        return create_region(
            by=SYSTEM,
            code=f"610118007{300 + place % 600:03}",
            name=f"新设村{place}",
            level="village",
            parent=county.regions["a"],
        )

    def change(self, place: int) -> dict[str, Any]:
        return {"people": str(1000 + place)}

    def by_machine(self) -> dict[str, Any]:
        return {**self.new, "people": 1830, "longitude": 108.61, "latitude": 34.05}


def test_who_keeps_a_township_enters_its_villages_and_nothing_above(county: County) -> None:
    town, clerk = county.regions["a"], county.actor("a", "clerk")
    village = enter_place(by=clerk, code="610118007298", name="新村", level="village", parent=town, people=0)
    assert (village.people, village.path.startswith(town.path)) == (0, True)
    with pytest.raises(NotAllowed):
        enter_place(by=clerk, code="610118008298", name="邻村", level="village", parent=county.regions["b"])
    with pytest.raises(NotAllowed):
        enter_place(by=clerk, code="610118099000", name="新镇", level="town", parent=county.regions["county"])
    with pytest.raises(NotAllowed):
        change_place(village, by=clerk, name="另名村")  # an administrator names
    with pytest.raises(Invalid) as wrong:
        enter_place(by=SYSTEM, code="610118007297", name="村", level="village", parent=county.regions["county"])
    assert [fault.field for fault in wrong.value.faults] == ["parent"]


def test_figures_keep_their_day_and_positions_come_whole(county: County) -> None:
    village = county.regions["village"]
    counted_ = change_place(village, by=SYSTEM, people=1830, people_as_of=date(2025, 12, 31))
    assert '"as_of":"2025-12-31","people":1830' in Entry.objects.get(verb="region.counted").text
    with pytest.raises(Invalid, match="latitude"):
        change_place(counted_, by=SYSTEM, longitude=108.6)
    with pytest.raises(Invalid, match="people"):
        change_place(counted_, by=SYSTEM, people=-1)
    placed = change_place(counted_, by=SYSTEM, longitude=108.6, latitude=34.05)
    assert (placed.position_estimated, placed.people) == (False, 1830)
    assert '"at":["108.600000","34.050000"]' in Entry.objects.get(verb="region.placed").text
    nobody = change_place(placed, by=SYSTEM, people=None)
    assert nobody.people_as_of is None
    renamed = change_place(nobody, by=SYSTEM, name="草堂营新村")
    assert Record.objects.get(pk=renamed.pk).title == "草堂营新村"
    end_region(renamed, by=SYSTEM, on=date(2026, 1, 1))
    with pytest.raises(WrongState):
        change_place(renamed, by=SYSTEM, people=3)


def test_a_county_brings_its_list_in_and_the_page_of_a_place_leads_to_it(
    county: County, sign_in: Callable[..., Client], settings: Any, tmp_path: Path
) -> None:
    settings.IMPORTS = tmp_path
    administrator = sign_in("emo", "administrator")
    rows: Rows = [
        ["鄠邑区镇街村社区一览表"],
        ["村名", "级别", "所属镇街", "区划代码", "常住人口", "统计日期", "经度", "纬度"],
        ["新设镇", "镇（街道）", "鄠邑区", "610118095000", "", "", "", ""],
        ["甲村", "村（社区）", "草堂街道", "610118007291", "1830人", "2025年12月31日", 108.61, 34.05],
        ["乙村", "village", "610118007000", "610118007292", "约900", "", "", ""],
    ]
    brought = bring(administrator, "regions", xlsx(rows))
    assert counted(brought.counts)[:1] == (3,), [row.problems for row in brought.rows.all()]
    act(administrator, "apply_import", brought)
    village = Region.objects.get(code="610118007291")
    assert (village.people, village.people_as_of, village.latitude) == (1830, date(2025, 12, 31), 34.05)
    clerk = sign_in("a", "clerk")
    row = reverse("registers:row", args=["regions", village.pk])
    assert row in clerk.get("/regions/?at=610118007291").content.decode()
    assert row not in sign_in("b", "clerk").get("/regions/?at=610118007291").content.decode()
