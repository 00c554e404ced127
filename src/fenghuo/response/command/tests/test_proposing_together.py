"""Several incidents proposed for together: none takes what another needs more."""

import pytest

from fenghuo.decision.questions import BadQuestion
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.assignments.services import Order, issue
from fenghuo.response.command.ordering import receivers_named
from fenghuo.response.command.presenting import present_teams
from fenghuo.response.command.proposing import Proposed, propose_for_incidents
from fenghuo.response.incidents.models import Incident
from fenghuo.response.incidents.services import open_incident
from tests.county import County

from .conftest import MakeTeam

NORTH = {"address": "北线", "latitude": 34.1439, "longitude": 108.7108}


@pytest.fixture
def second(county: County, desk: Actor) -> Incident:
    """A crash with one trapped, eleven kilometres north of the first."""
    return open_incident([county.report(figures={"trapped": 1}, location=NORTH)], by=desk, title="北线事故")


def cutting(proposed: Proposed) -> list[str]:
    return [one.team.name for one in proposed.proposal.choices if "rescue_cutting" in one.team.capabilities]


def test_each_team_goes_to_one_and_both_are_served_soonest(
    crash: Incident, second: Incident, desk: Actor, make_team: MakeTeam
) -> None:
    make_team("南", "rescue_cutting", km=-5.0)
    make_team("中", "rescue_cutting", km=4.0)
    found = propose_for_incidents([crash, second], desk)
    assert cutting(found.each[crash.pk]) == ["南"]
    assert cutting(found.each[second.pk]) == ["中"]
    assert found.plan.outcome.proven
    shown = present_teams(found.each[crash.pk])
    assert any("北线事故" in why for row in shown.not_chosen for why in row.why)


def test_with_one_team_for_two_the_heavier_gets_it_and_the_other_says_what_is_missing(
    crash: Incident, second: Incident, desk: Actor, make_team: MakeTeam
) -> None:
    make_team("唯一", "rescue_cutting", km=1.0)
    found = propose_for_incidents([crash, second], desk, weights={second.pk: 4})
    assert cutting(found.each[second.pk]) == ["唯一"]
    missing = [one for one in found.each[crash.pk].proposal.unmet if one.need.capability == "rescue_cutting"]
    assert [one.missing for one in missing] == [1]


def test_who_was_ordered_to_one_counts_there_and_is_asked_for_no_other(
    crash: Incident, second: Incident, desk: Actor, make_team: MakeTeam
) -> None:
    team = make_team("唯一", "rescue_cutting", km=1.0)
    issue(crash, [Order(receivers_named(desk, [team.record.number])[0], "立即出动")], by=desk)
    found = propose_for_incidents([crash, second], desk)
    assert cutting(found.each[crash.pk]) == cutting(found.each[second.pk]) == []
    asked = [one.need.capability for one in found.each[crash.pk].proposal.unmet]
    assert "rescue_cutting" not in asked


def test_an_incident_named_twice_is_refused(crash: Incident, desk: Actor) -> None:
    with pytest.raises(BadQuestion):
        propose_for_incidents([crash, crash], desk)
