"""Whom to send: by fit and time, with reasons; who is busy or ordered already is not proposed again."""

from typing import Any

import pytest

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import RecordSubject
from fenghuo.kernel.assignments.models import Assignment
from fenghuo.kernel.assignments.services import Order, decline, issue
from fenghuo.response.command.ordering import receivers_named
from fenghuo.response.command.presenting import present_teams
from fenghuo.response.command.proposing import propose_teams
from fenghuo.response.incidents.models import Incident
from fenghuo.response.incidents.services import open_incident
from tests.county import County

from .conftest import MakeTeam


def names(rows: Any) -> list[str]:
    return [row.name for row in rows]


def order(it: Incident, by: Actor, number: str) -> Assignment:
    return issue(it, [Order(receivers_named(by, [number])[0], "立即出动")], by=by)[0]


def test_the_nearest_with_what_is_needed_and_why_not_others(crash: Incident, desk: Actor, make_team: MakeTeam) -> None:
    make_team("破拆近", "rescue_cutting", km=3)
    make_team("破拆远", "rescue_cutting", km=9)
    make_team("义务队", "evacuation", km=1)
    make_team("急救", "medical", km=5)
    make_team("交警", "traffic_control", km=4)
    shown = present_teams(propose_teams(crash, desk))
    assert set(names(shown.choices)) == {"破拆近", "急救", "交警"}
    assert shown.estimate
    assert all(row.why and row.minutes for row in shown.choices)
    assert "义务队" in names(shown.not_chosen)
    # Three are injured: a second ambulance is wanted, and nobody has it.
    assert [(row.missing, bool(row.why)) for row in shown.unmet if "急救" in row.what or row.missing][:1]


def test_who_was_ordered_here_counts_and_is_not_proposed_again(
    crash: Incident, desk: Actor, make_team: MakeTeam
) -> None:
    cutting = make_team("破拆", "rescue_cutting")
    second = make_team("破拆二", "rescue_cutting", km=6)
    order(crash, desk, cutting.record.number)
    shown = present_teams(propose_teams(crash, desk))
    assert "破拆" not in names(shown.choices)
    assert "破拆二" not in names(shown.choices)
    decline(Assignment.objects.get(), by=desk, reason="车坏")
    shown = present_teams(propose_teams(crash, desk))
    assert second.name in names(shown.choices)


def test_who_is_busy_elsewhere_is_passed_over_with_the_reason(
    county: County, crash: Incident, desk: Actor, make_team: MakeTeam
) -> None:
    near = make_team("破拆近", "rescue_cutting", km=1)
    make_team("破拆远", "rescue_cutting", km=9)
    other = open_incident([county.report()], by=desk, title="环山路事故")
    order(other, desk, near.record.number)
    shown = present_teams(propose_teams(crash, desk))
    assert "破拆远" in names(shown.choices)
    (passed,) = [row for row in shown.not_chosen if row.name == "破拆近"]
    assert "环山路事故" in passed.why[0]


def test_an_unknown_place_gives_no_times_and_says_so(county: County, desk: Actor, make_team: MakeTeam) -> None:
    report = county.report(location=None, figures={"trapped": 1})
    it = open_incident([report], by=desk)
    make_team("破拆", "rescue_cutting")
    shown = present_teams(propose_teams(it, desk))
    assert [(row.name, row.minutes) for row in shown.choices] == [("破拆", None)]
    assert not shown.estimate


def test_a_township_is_proposed_only_what_it_may_see(county: County, desk: Actor, make_team: MakeTeam) -> None:
    town = county.actor("a")
    it = open_incident([county.report(county.machine("110"), figures={"trapped": 1})], by=town)
    make_team("县队", "rescue_cutting", unit="emo")
    make_team("街道队", "rescue_cutting", unit="a", km=9)
    assert names(present_teams(propose_teams(it, town)).choices) == ["街道队"]


def test_the_number_of_queries_does_not_grow_with_the_teams(
    crash: Incident, desk: Actor, make_team: MakeTeam, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_team(f"队{number}", "rescue_cutting", "medical", km=number + 1.0)
    with django_assert_max_num_queries(11):
        propose_teams(crash, desk)


@pytest.mark.parametrize("named", ["nobody", "T-9999", "610124000000-EMO", "999999999", ""])
def test_receivers_that_are_none_are_named(county: County, desk: Actor, named: str) -> None:
    from fenghuo.kernel.access.errors import Invalid

    with pytest.raises(Invalid) as refused:
        receivers_named(desk, [county.units["a"].code, named])
    assert [fault.field for fault in refused.value.faults] == ["to.1"]


def test_what_a_team_is_busy_with_is_not_told_to_who_may_not_see_it(
    county: County, crash: Incident, desk: Actor, make_team: MakeTeam
) -> None:
    near = make_team("破拆近", "rescue_cutting", km=1)
    make_team("破拆远", "rescue_cutting", km=9)
    secret = open_incident([county.report()], by=desk, title="不给看的标题")
    order(secret, desk, near.record.number)
    RecordSubject.objects.filter(record=secret.pk).delete()
    police = county.actor("psb")
    RecordSubject.objects.get_or_create(record=near.record, subject="public_security")
    shown = present_teams(propose_teams(crash, police))
    (passed,) = [row for row in shown.not_chosen + shown.choices if row.name == "破拆近"]
    assert passed.why
    assert "不给看的标题" not in "".join(passed.why)
