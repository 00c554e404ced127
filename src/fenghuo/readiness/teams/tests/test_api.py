"""The register of teams for machines: shapes, filters, entering, changing, refusals."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fenghuo.readiness.teams.models import Team
from fenghuo.readiness.teams.services import OnCall, set_contacts, set_team_state
from tests.county import County

from .conftest import MakeTeam

ADDRESS = "/api/v1/registers/teams"
TEAM = {
    "name": "草堂应急队",
    "kind": "general",
    "unit": "610118007000",
    "people": 112,
    "location": {"latitude": 34.05, "longitude": 108.6},
    "capabilities": ["evacuation", "medical"],
    "equipment": [{"name": "水泵", "count": 2, "measure": "台"}],
    "contacts": [{"name": "李四", "phone": "13811112222", "title": "队长"}],
}


class Machine:
    """A machine of a unit that sends JSON."""

    def __init__(self, county: County, unit: str = "emo", *scopes: str) -> None:
        self._client = Client()
        self._headers = {"Authorization": f"Bearer {county.key(unit, *(scopes or ('registers.write',)))}"}

    def get(self, path: str = "") -> Any:
        return self._client.get(f"{ADDRESS}{path}", headers=self._headers)

    def post(self, said: Any, **headers: str) -> Any:
        return self._send("post", "", said, headers)

    def patch(self, path: str, said: Any, **headers: str) -> Any:
        return self._send("patch", path, said, headers)

    def _send(self, how: str, path: str, said: Any, headers: dict[str, str]) -> Any:
        more = self._headers | {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(self._client, how)(f"{ADDRESS}{path}", data=said, content_type="application/json", headers=more)


@pytest.fixture
def machine(county: County) -> Machine:
    return Machine(county)


def fields(answer: Any) -> list[str]:
    return [fault["field"] for fault in answer.json()["errors"]]


def test_a_team_is_entered_and_read_again(machine: Machine) -> None:
    made = machine.post(TEAM)
    assert made.status_code == 201, made.content
    document = made.json()
    assert document["number"] == "T-0001"
    assert document["location"] == {"latitude": 34.05, "longitude": 108.6, "crs": "wgs84", "estimated": False}
    assert document["contacts"] == [{"person": None, "name": "李四", "phone": "13811112222", "title": "队长"}]
    assert document["state"]["state"] == "ready"
    read = machine.get(f"/{document['id']}")
    assert read["ETag"] == f'"{document["version"]}"'
    assert read.json() == machine.get("/T-0001").json()
    assert read.json()["unit"] == read.json()["region"] == "610118007000"
    assert machine.get().json() == {"items": [read.json()], "next": None}


def test_the_same_key_enters_it_once(machine: Machine) -> None:
    assert machine.post(TEAM, Idempotency_Key="a").status_code == 201
    assert machine.post(TEAM, Idempotency_Key="a").status_code == 200
    assert machine.post(TEAM | {"name": "另一队"}, Idempotency_Key="a").status_code == 409
    assert Team.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 100_000}, "name"),
        ({"name": None}, "name"),
        ({"kind": "army"}, "kind"),
        ({"unit": "nowhere"}, "unit"),
        ({"region": "nowhere"}, "region"),
        ({"people": -1}, "people"),
        ({"people": 1.5}, "people"),
        ({"people": "many"}, "people"),
        ({"capabilities": ["medical", "magic"]}, "capabilities.1"),
        ({"capabilities": "medical"}, "capabilities"),
        ({"equipment": [{"name": "泵", "count": -1}]}, "equipment.0.count"),
        ({"equipment": [{"name": "泵"}]}, "equipment.0.count"),
        ({"equipment": [{"name": "泵", "count": 1, "colour": "red"}]}, "equipment.0.colour"),
        ({"location": {"latitude": 108.6, "longitude": 34.05}}, "location.latitude"),
        ({"location": {"latitude": 34.4, "longitude": 108.6}}, "location.latitude"),
        ({"location": {"latitude": 34.05}}, "location.longitude"),
        ({"contacts": [{"name": "李四", "phone": "abc"}]}, "contacts.0.phone"),
        ({"contacts": [{"person": 999_999}]}, "contacts.0.person"),
        ({"contacts": [{"person": 10**30}]}, "contacts.0.person"),
        ({"people": 10**30}, "people"),
        ({"state": {"state": "unavailable"}}, "state.reason"),
        ({"members": 3}, "members"),
        ({"note": "a\x00b"}, "note"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_stored(machine: Machine, said: dict[str, Any], field: str) -> None:
    answer = machine.post(TEAM | said)
    assert answer.status_code == 422, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert fields(answer) == [field]
    assert not Team.objects.exists()


def test_another_datum_is_converted_and_outside_is_taken_when_said(machine: Machine) -> None:
    shifted = machine.post(TEAM | {"location": {"latitude": 34.05, "longitude": 108.6, "crs": "gcj02"}}).json()
    assert 200 < 111_320 * abs(shifted["location"]["longitude"] - 108.6) < 800  # the usual shift around here
    far = {"latitude": 34.4, "longitude": 108.6, "outside": True}
    assert machine.post(TEAM | {"location": far}).status_code == 201


def test_a_change_needs_the_version_that_was_read(machine: Machine) -> None:
    version = machine.post(TEAM).json()["version"]
    assert fields(machine.patch("/T-0001", {"people": 5})) == ["If-Match"]
    assert machine.patch("/T-0001", {"people": 5}, If_Match='"99"').status_code == 409
    done = machine.patch("/T-0001", {"people": None, "location": None}, If_Match=f'"{version}"')
    assert done.status_code == 200, done.content
    assert done.json()["people"] is None
    assert done.json()["location"] == {"latitude": None, "longitude": None, "crs": "wgs84", "estimated": False}
    assert done.json()["capabilities"] == TEAM["capabilities"]
    assert machine.patch("/T-0001", {"people": 7}, If_Match=f'"{version}"').status_code == 409
    assert machine.patch("/T-0001", {}, If_Match="1").status_code == 422


def test_a_change_is_stored_whole_or_not_at_all(machine: Machine) -> None:
    version = machine.post(TEAM).json()["version"]
    said = {"people": 5, "contacts": [{"name": "甲", "phone": "none"}]}
    assert machine.patch("/T-0001", said, If_Match=str(version)).status_code == 422
    assert Team.objects.get().people == 112
    assert machine.patch("/T-0001", {"state": {"state": "ready"}}, If_Match=str(version)).status_code == 200
    both = {"people": 5, "state": {"state": "resting", "until": "2100-01-01T00:00:00+08:00"}, "contacts": []}
    done = machine.patch("/T-0001", both, If_Match=str(version)).json()
    assert (done["people"], done["state"]["state"], done["contacts"]) == (5, "resting", [])


def test_a_rest_that_is_over_is_told_as_ready_since_then(machine: Machine, county: County, make_team: MakeTeam) -> None:
    made, now = make_team(), timezone.now()
    set_team_state(made, by=county.actor("a"), state="resting", reason="累", until=now + timedelta(hours=1))
    Team.objects.update(state_since=now - timedelta(hours=3), state_until=now - timedelta(hours=1))
    state = machine.get("/T-0001").json()["state"]
    assert (state["state"], state["reason"], state["until"]) == ("ready", "", None)


def test_filters_and_pages(machine: Machine, make_team: MakeTeam, django_assert_max_num_queries: Any) -> None:
    for unit in ("a", "b", "a"):
        make_team(unit, capabilities=["search"] if unit == "b" else [])
    first = machine.get("?limit=2").json()
    assert [team["number"] for team in first["items"]] == ["T-0001", "T-0002"]
    assert [team["number"] for team in machine.get(f"?limit=2&cursor={first['next']}").json()["items"]] == ["T-0003"]
    for query in ("?capability=search", "?region=610118002000", "?q=T-0002"):
        assert [team["number"] for team in machine.get(query).json()["items"]] == ["T-0002"]
    assert machine.get("?state=resting").json()["items"] == []
    with django_assert_max_num_queries(6):
        machine.get()


@pytest.mark.parametrize("query", ["?state=busy", "?kind=army", "?capability=magic", "?limit=0", "?cursor=x"])
def test_a_filter_that_cannot_be_is_named(machine: Machine, query: str) -> None:
    answer = machine.get(query)
    assert answer.status_code == 422
    assert fields(answer) == [query[1:].partition("=")[0]]


def test_who_only_reads_gets_no_telephones_and_stores_nothing(county: County, make_team: MakeTeam) -> None:
    made = make_team()
    set_contacts(made, by=county.actor("emo"), contacts=[OnCall(name="李四", phone="13811112222")])
    set_team_state(made, by=county.actor("emo"), state="unavailable", reason="队长李四住院")
    reader = Machine(county, "emo", "registers.read")
    document = reader.get("/T-0001").json()
    assert document["contacts"] is None
    assert "李四" not in reader.get().content.decode()
    assert reader.post(TEAM).status_code == 403
    assert reader.patch("/T-0001", {"people": 1}, If_Match="1").status_code == 403
    assert Machine(county, "emo", "measures.read").get().status_code == 403
    assert Client().get(ADDRESS).status_code == 401


def test_what_a_token_may_not_see_is_not_found(county: County, make_team: MakeTeam) -> None:
    made = make_team("a")
    stranger = Machine(county, "b")
    assert stranger.get().json()["items"] == []
    assert stranger.get("/T-0001").status_code == stranger.get(f"/{made.pk}").status_code == 404
    assert stranger.get("/99999999999999999999").status_code == 404
    assert stranger.patch("/T-0001", {"people": 1}, If_Match="1").status_code == 404
    assert stranger.post(TEAM).status_code == 403
