"""What a closure does to times and ways, at once and for everybody."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fenghuo.kernel.access.models import Account
from fenghuo.kernel.maps.closures import closures_now
from fenghuo.kernel.maps.services import change_closure, lift_closure
from fenghuo.kernel.maps.travel import travel_times
from tests.county import County

from .bridge import BRIDGE, EAST, WEST, build_bridge_town
from .test_closures import closed

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def roads(settings: Any, tmp_path: Path) -> None:
    build_bridge_town(settings, tmp_path)


@pytest.fixture
def desk(client: Client, county: County) -> Client:
    client.force_login(Account.objects.get(person=county.account("desk").person), BACKEND)
    return client


def seconds() -> float | None:
    (time,) = travel_times([WEST], EAST)
    assert not time.estimate
    return time.seconds


def test_a_closure_drawn_now_changes_times_at_once_and_lifting_it_changes_them_back(
    county: County, roads: None
) -> None:
    by = county.actor("emo")
    open_ = seconds()
    made = closed(by)
    round_ = seconds()
    assert open_ is not None
    assert round_ is not None
    assert round_ > open_ + 200  # 4.4 km more
    whole = {"type": "Polygon", "coordinates": [[[108, 33], [109, 33], [109, 35], [108, 35], [108, 33]]]}
    made = change_closure(made, by=by, geometry=whole)
    assert seconds() is None  # no road leads there, and it is never infinity
    lift_closure(made, by=by)
    assert seconds() == open_


def test_what_is_to_come_closes_nothing_yet(county: County, roads: None) -> None:
    before = seconds()
    closed(county.actor("emo"), from_at=timezone.now() + timedelta(hours=1))
    assert seconds() == before


def test_a_standing_closure_is_looked_up_once(county: County, roads: None, django_assert_num_queries: Any) -> None:
    closed(county.actor("emo"))
    found = closures_now()
    assert found.factors
    with django_assert_num_queries(1):
        assert closures_now() is found


def test_a_way_has_line_steps_and_minutes_and_goes_round_what_is_closed(
    desk: Client, county: County, roads: None
) -> None:
    asked = {"from": "34.05,108.599", "to": "34.05,108.611"}
    feature = desk.get("/map/route.json", asked).json()
    said = feature["properties"]
    assert not said["estimate"]
    assert [step["name"] for step in said["steps"]] == ["西街", "中桥", "东街"]
    assert feature["geometry"]["coordinates"][0] == pytest.approx([108.599, 34.05])
    assert said["seconds"] == pytest.approx(seconds(), abs=0.1)
    closed(county.actor("emo"))
    assert "北桥" in [step["name"] for step in desk.get("/map/route.json", asked).json()["properties"]["steps"]]


def test_where_no_road_leads_it_is_said(desk: Client, county: County, roads: None) -> None:
    whole = {"type": "Polygon", "coordinates": [[[108, 33], [109, 33], [109, 35], [108, 35], [108, 33]]]}
    closed(county.actor("emo"), geometry=whole)
    answer = desk.get("/map/route.json", {"from": "34.05,108.599", "to": "34.05,108.611"})
    assert answer.status_code == 409
    assert answer.json()["detail"]


def test_the_areas_of_five_ten_and_fifteen_minutes_lie_in_one_another(desk: Client, roads: None) -> None:
    features = desk.get("/map/reach.json", {"at": "34.05,108.599", "minutes": "2,3,5"}).json()["features"]
    assert [one["properties"]["minutes"] for one in features] == [5, 3, 2]
    from shapely.geometry import shape

    areas = [shape(one["geometry"]) for one in features]
    assert areas[0].contains(areas[1].buffer(-1e-5))
    assert areas[1].contains(areas[2].buffer(-1e-5))
    assert not any(one["properties"]["estimate"] for one in features)


def test_what_if_the_bridge_goes_is_answered_beside_the_standing_time_and_stores_nothing(
    desk: Client, county: County, roads: None
) -> None:
    said = {"to": "34.05,108.611", "from": ["34.05,108.599", "34.05,108.613"], "geometry": json.dumps(BRIDGE)}
    answer = desk.post("/map/what-if.json", said).json()
    assert answer["roads"] == ["中桥"]
    far, near = answer["rows"]
    assert far["before"] == seconds()
    assert far["after"] > far["before"] + 200
    assert near["after"] == near["before"]
    from fenghuo.kernel.maps.models import Closure

    assert not Closure.objects.exists()
    closed(county.actor("emo"))
    assert far["after"] == pytest.approx(seconds(), abs=0.01)  # the answer was what then came


@pytest.mark.parametrize(
    ("path", "asked", "field"),
    [
        ("route", {"from": "34.05", "to": "34.05,108.611"}, "from"),
        ("route", {"from": "34.05,108.6", "to": "134.05,108.611"}, "to"),
        ("route", {"from": "34.05,nan", "to": "34.05,108.611"}, "from"),
        ("route", {"from": "34.05,108.6", "to": "34.05,108.611", "mode": "boat"}, "mode"),
        ("reach", {"at": "34.05,108.6", "minutes": "5,-1"}, "minutes"),
        ("reach", {"at": "34.05,108.6", "minutes": "9999999999"}, "minutes"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused_with_its_field(
    desk: Client, path: str, asked: dict[str, str], field: str
) -> None:
    answer = desk.get(f"/map/{path}.json", asked)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_without_roads_everything_is_answered_and_called_an_estimate(
    desk: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MAPS = tmp_path / "none"
    way = desk.get("/map/route.json", {"from": "34.05,108.599", "to": "34.05,108.611"}).json()["properties"]
    assert way["estimate"]
    (five, *_rest) = desk.get("/map/reach.json", {"at": "34.05,108.599", "minutes": "5"}).json()["features"]
    assert five["properties"] == {"minutes": 5, "estimate": True}
    said = {"to": "34.05,108.611", "from": "34.05,108.599", "geometry": json.dumps(BRIDGE)}
    answer = desk.post("/map/what-if.json", said).json()
    assert answer["loaded"] is False
    assert answer["rows"][0]["estimate"]
