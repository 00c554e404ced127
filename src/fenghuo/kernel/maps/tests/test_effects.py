"""Slowed and flooded roads: who takes how much longer, who does not pass, and what is refused."""

import json
from decimal import Decimal
from math import inf
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from fenghuo.kernel.access.errors import Invalid
from fenghuo.kernel.access.models import Account
from fenghuo.kernel.maps.effects import factors, who_passes
from fenghuo.kernel.maps.models import Closure
from fenghuo.kernel.maps.services import change_closure, lift_closure
from fenghuo.kernel.maps.travel import travel_times
from fenghuo.standards.wading import own_flaws, wading_factor
from tests.county import County

from .bridge import BRIDGE, EAST, WEST, build_bridge_town
from .test_closures import closed

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SLOW = {"effect": "slowed", "factor": 3, "reason": "结冰"}


@pytest.fixture
def desk(client: Client, county: County) -> Client:
    client.force_login(Account.objects.get(person=county.account("desk").person), BACKEND)
    return client


@pytest.fixture
def roads(settings: Any, tmp_path: Path) -> None:
    build_bridge_town(settings, tmp_path)


def seconds(mode: str = "truck", *, exercise: bool = False) -> float:
    (time,) = travel_times([WEST], EAST, mode, exercise=exercise)
    assert time.seconds is not None
    return time.seconds


def test_ice_makes_the_bridge_slower_for_everybody_and_never_slower_than_the_way_round(
    county: County, roads: None
) -> None:
    by, before = county.actor("emo"), {mode: seconds(mode) for mode in ("truck", "car", "foot")}
    made = closed(by, **SLOW)
    slow = {mode: seconds(mode) for mode in before}
    assert all(slow[mode] > before[mode] + 30 for mode in before)
    made = change_closure(made, by=by, factor=20)
    round_ = seconds()
    made = change_closure(made, by=by, effect="closed")
    assert made.factor is None
    assert seconds() == pytest.approx(round_, abs=0.1)
    assert slow["truck"] < round_
    lift_closure(made, by=by)
    assert {mode: seconds(mode) for mode in before} == before


def test_through_water_a_fire_engine_goes_where_a_car_does_not(county: County, roads: None) -> None:
    by, car, truck = county.actor("emo"), seconds("car"), seconds("truck")
    made = closed(by, effect="flooded", depth_cm=40, reason="积水")
    assert seconds("car") > car + 200  # round over the other bridge
    assert truck < seconds("truck") < truck + 200
    assert factors(made) == {"car": None, "truck": 3.0, "bus": None, "foot": 3.0}
    assert "小汽车" in who_passes(made) or "car: does not pass" in who_passes(made)
    change_closure(made, by=by, depth_cm=5)
    assert car < seconds("car") < car + 200
    change_closure(made, by=by, depth_cm=60)
    assert seconds("truck") > truck + 200


@pytest.mark.parametrize(("mode", "last"), [("car", 20), ("truck", 50), ("bus", 30), ("foot", 40)])
def test_deeper_water_never_makes_it_faster_and_ends_somewhere(mode: str, last: int) -> None:
    found = [wading_factor(mode, depth) for depth in range(1, 501)]
    assert found == sorted(found)
    assert found[last - 1] < inf
    assert found[last] == inf


def test_a_county_sets_its_own_depths(settings: Any, tmp_path: Path) -> None:
    settings.OWN_WADING = tmp_path / "wading.csv"
    head = "id,mode,up_to_cm,factor,source,article,certainty,zh,en\n"
    settings.OWN_WADING.write_text(
        f"{head}truck-50,truck,90,2,COUNTY,,?,高底盘,high\nboat-1,boat,90,2,COUNTY,,?,船,x\n"
    )
    assert wading_factor("truck", 80, settings.OWN_WADING) == 2
    assert wading_factor("truck", 80) == inf
    (flaw,) = own_flaws(settings.OWN_WADING)
    assert "boat" in flaw


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"effect": "slowed"}, "factor"),
        ({"effect": "slowed", "factor": 1}, "factor"),
        ({"effect": "slowed", "factor": float("nan")}, "factor"),
        ({"effect": "slowed", "factor": 21}, "factor"),
        ({"effect": "flooded"}, "depth_cm"),
        ({"effect": "flooded", "depth_cm": 0}, "depth_cm"),
        ({"effect": "flooded", "depth_cm": 501}, "depth_cm"),
        ({"effect": "flooded", "depth_cm": 30, "factor": 2}, "factor"),
        ({"depth_cm": 30}, "depth_cm"),
        ({"effect": "dusty"}, "effect"),
    ],
)
def test_a_measure_that_does_not_belong_is_named(county: County, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        closed(county.actor("emo"), **said)
    assert [fault.field for fault in refused.value.faults] == [field]
    assert not Closure.objects.exists()


def test_the_database_holds_no_effect_without_its_measure(county: County) -> None:
    made = closed(county.actor("emo"))
    for wrong in ({"effect": "slowed"}, {"effect": "flooded"}, {"depth_cm": 3}, {"factor": Decimal(2)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Closure.objects.filter(pk=made.pk).update(**wrong)


def test_the_timeline_says_what_holds(county: County, desk: Client) -> None:
    by = county.actor("emo")
    for made, word in (
        (closed(by, **SLOW), "×3,"),
        (closed(by, effect="flooded", depth_cm=40, reason="积水"), "40 cm"),
    ):
        page = desk.get(f"/map/closures/{made.record.number}/", headers={"Accept-Language": "en"}).content.decode()
        assert word in page[page.index('class="tl') :]


def test_what_is_played_lies_over_played_ways_only(county: County, roads: None) -> None:
    by, before = county.actor("emo"), seconds()
    played = closed(by, exercise=True)
    assert seconds() == before
    assert seconds(exercise=True) > before + 200
    lift_closure(played, by=by)
    closed(by)
    assert seconds(exercise=True) == before
    assert seconds() > before + 200


def test_the_form_and_the_machine_say_the_same(county: County, desk: Client) -> None:
    form = {"where": "余下路", "reason": "积水", "geometry": json.dumps(BRIDGE)}
    # The factor of an effect that was not chosen is not meant.
    made = desk.post("/map/closures/new/", form | {"effect": "flooded", "depth_cm": "40", "factor": "3"})
    assert made.status_code == 302
    one = Closure.objects.get()
    assert (one.effect, one.factor, one.depth_cm) == ("flooded", None, 40)
    lacking = desk.post("/map/closures/new/", form | {"effect": "slowed"})
    assert lacking.status_code == 422
    assert lacking.context["form"].errors.keys() == {"factor"}
    key = county.key("psb", "registers.read")
    (said,) = Client().get("/api/v1/closures", headers={"Authorization": f"Bearer {key}"}).json()["items"]
    assert (said["effect"], said["depth_cm"], said["factors"]["car"], said["factors"]["truck"]) == (
        "flooded",
        40,
        None,
        3,
    )
    (feature,) = desk.get("/map/layers/closures.json").json()["features"]
    assert feature["properties"]["sign"] == "≈ 40 cm"


def test_what_if_it_floods_is_answered_by_the_kind_of_vehicle(desk: Client, county: County, roads: None) -> None:
    said = {"to": "34.05,108.611", "from": "34.05,108.599", "geometry": json.dumps(BRIDGE)}
    flooded = said | {"effect": "flooded", "depth_cm": "40"}
    after = {
        mode: desk.post("/map/what-if.json", flooded | {"mode": mode}).json()["rows"][0]["after"]
        for mode in ("car", "truck")
    }
    closed_ = desk.post("/map/what-if.json", said | {"mode": "car"}).json()["rows"][0]["after"]
    assert after["car"] == closed_
    assert after["truck"] < closed_
    refused = desk.post("/map/what-if.json", said | {"effect": "flooded"})
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == ["depth_cm"]


def test_what_is_played_stands_on_played_maps_only(county: County, desk: Client) -> None:
    made = closed(county.actor("emo"), exercise=True)
    assert desk.get("/map/layers/closures.json").json()["features"] == []
    (feature,) = desk.get("/map/layers/closures-exercise.json").json()["features"]
    assert feature["properties"]["title"].endswith("涝河中桥")
    assert feature["properties"]["title"] != "涝河中桥"
    assert "exercise-band" in desk.get(f"/map/closures/{made.record.number}/").content.decode()


def test_the_steps_for_cars_are_those_of_the_published_curve() -> None:
    for centimetres in (5, 10, 15, 20):
        kmh = 0.0009 * (10 * centimetres) ** 2 - 0.5529 * 10 * centimetres + 86.9448
        assert wading_factor("car", centimetres) == pytest.approx(86.9448 / kmh, rel=0.05)
