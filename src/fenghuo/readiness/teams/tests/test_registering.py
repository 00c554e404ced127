"""A team goes into the register, is changed, confirmed and put away; what cannot be right is refused by name."""

import json
from typing import Any

import pytest

from fenghuo.kernel.access.errors import Conflict, Invalid, WrongState
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.selectors import entries_about
from fenghuo.readiness.teams import selectors
from fenghuo.readiness.teams.models import Team
from fenghuo.readiness.teams.services import (
    Piece,
    archive_team,
    change_team,
    confirm_team,
    create_team,
    restore_team,
)
from tests.county import County

from .conftest import MakeTeam

INSIDE: dict[str, Any] = {"latitude": 34.05, "longitude": 108.6}
OUTSIDE: dict[str, Any] = {"latitude": 34.3, "longitude": 108.6}


def faults(error: pytest.ExceptionInfo[Invalid]) -> dict[str, str]:
    return {fault.field: str(fault.message) for fault in error.value.faults}


def test_a_team_is_entered_with_all_that_is_known(county: County) -> None:
    by = county.actor("a", "clerk")
    made = create_team(
        by=by,
        unit=county.units["a"],
        name=" 草堂应急队 ",
        kind="general",
        capabilities=["evacuation", "firefighting", "evacuation"],
        equipment=[Piece("水泵", 2, "台"), Piece("冲锋舟", 0)],
        people=112,
        **INSIDE,
    )
    found = selectors.team(by, made.record.number)
    assert made.record.number == "T-0001"
    assert found.name == "草堂应急队"
    assert sorted(row.slug for row in found.capability_rows.all()) == ["evacuation", "firefighting"]
    assert [str(row) for row in found.equipment_rows.all()] == ["水泵 2台", "冲锋舟 0"]
    assert (found.people, found.latitude, found.position_estimated) == (112, 34.05, False)
    assert found.record.region == county.regions["a"]
    assert {row.subject for row in found.record.subject_rows.all()} == {"civil_affairs", "fire"}
    assert [line.verb for line in entries_about(made.pk, by)] == ["team.created"]


def test_numbers_run_on(make_team: MakeTeam) -> None:
    assert [make_team().record.number for _ in range(3)] == ["T-0001", "T-0002", "T-0003"]


def test_without_a_position_it_lies_where_its_place_does(county: County) -> None:
    town = county.regions["a"]
    town.latitude, town.longitude = 34.04, 108.71
    town.save()
    made = create_team(by=county.actor("a", "clerk"), unit=county.units["a"], name="队", kind="general")
    assert (made.latitude, made.longitude, made.position_estimated) == (34.04, 108.71, True)
    moved = change_team(made, by=county.actor("a", "clerk"), **INSIDE)
    assert (moved.latitude, moved.position_estimated) == (34.05, False)
    back = change_team(moved, by=county.actor("a", "clerk"), latitude=None, longitude=None)
    assert (back.latitude, back.position_estimated) == (34.04, True)


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"name": "  "}, "name", ""),
        ({"name": "队" * 100_000}, "name", "80"),
        ({"name": "a\x00b"}, "name", "U+0000"),
        ({"kind": "army"}, "kind", "general professional volunteer"),
        ({"capabilities": ["medical", "magic"]}, "capabilities.1", "firefighting"),
        ({"people": -1}, "people", "0"),
        ({"people": 10**9}, "people", "100000"),
        ({"equipment": [Piece("泵", -2)]}, "equipment.0.count", "0"),
        ({"equipment": [Piece("", 2)]}, "equipment.0.name", ""),
        ({"equipment": [Piece("泵", 1)] * 201}, "equipment", "200"),
        ({"latitude": 108.6, "longitude": 34.05}, "latitude", "34.05000, 108.60000"),
        (OUTSIDE, "latitude", "11.1"),
        ({"latitude": 95.0, "longitude": 34.05}, "latitude", ""),
        ({"latitude": 34.05, "longitude": None}, "longitude", ""),
        ({"latitude": float("nan"), "longitude": 108.6}, "latitude", ""),
    ],
)
def test_what_cannot_be_right_is_refused_by_name(county: County, said: dict[str, Any], field: str, words: str) -> None:
    values = {"name": "队", "kind": "general"} | said
    with pytest.raises(Invalid) as error:
        create_team(by=county.actor("a", "clerk"), unit=county.units["a"], **values)
    assert list(faults(error)) == [field]
    assert words in faults(error)[field]
    assert not Team.objects.exists()


def test_a_team_may_really_lie_outside(county: County) -> None:
    by = county.actor("emo", "clerk")
    made = create_team(by=by, unit=county.units["emo"], name="周至支援队", kind="general", outside=True, **OUTSIDE)
    assert made.latitude == 34.3
    with pytest.raises(Invalid):
        change_team(made, by=by, latitude=108.6, longitude=34.05, outside=True)


def test_only_what_is_given_is_changed_and_told(county: County, make_team: MakeTeam) -> None:
    by = county.actor("a", "clerk")
    made = make_team(people=20, capabilities=["medical"])
    changed = change_team(made, by=by, people=25, capabilities=["medical"])
    assert (changed.people, changed.name) == (25, made.name)
    text = json.loads(Entry.objects.get(verb="team.changed").text)
    assert text["public"] == {"fields": ["people"], "people": 25}
    change_team(changed, by=by, people=25)
    assert Entry.objects.filter(verb="team.changed").count() == 1


def test_a_new_name_is_found_and_the_old_one_is_not(county: County, make_team: MakeTeam) -> None:
    by = county.actor("a", "clerk")
    made = make_team(name="义务消防队")
    change_team(made, by=by, name="蓝天救援队")
    assert [found.pk for found in selectors.teams(by, text="ltjyd")] == [made.pk]
    assert not selectors.teams(by, text="义务消防").exists()


def test_who_was_slower_is_told(county: County, make_team: MakeTeam) -> None:
    by, made = county.actor("a", "clerk"), make_team()
    change_team(made, by=by, version=1, people=1)
    with pytest.raises(Conflict):
        change_team(made, by=by, version=1, people=2)
    assert Team.objects.get().people == 1


def test_confirming_makes_it_fresh(county: County, make_team: MakeTeam) -> None:
    made, clerk = make_team(), county.actor("a", "clerk")
    before = made.record.checked_at
    confirmed = confirm_team(made, by=clerk).record
    assert confirmed.checked_at is not None
    assert before is not None
    assert confirmed.checked_at > before
    assert confirmed.checked_by == clerk.label


def test_the_archive(county: County, make_team: MakeTeam) -> None:
    by, made = county.actor("a", "clerk"), make_team()
    with pytest.raises(Invalid):
        archive_team(made, by=by, reason=" ")
    archive_team(made, by=by, reason="撤并")
    assert not selectors.teams(by).exists()
    assert selectors.teams(by, archived=True).exists()
    with pytest.raises(WrongState):
        archive_team(made, by=by, reason="再次")
    with pytest.raises(WrongState):
        change_team(made, by=by, people=3)
    with pytest.raises(WrongState):
        confirm_team(made, by=by)
    assert selectors.team(by, made.record.number).pk == made.pk
    restore_team(made, by=by)
    assert selectors.teams(by).exists()
    with pytest.raises(WrongState):
        restore_team(made, by=by)
