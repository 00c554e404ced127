"""Whether a team can go: states, reasons, and a rest that ends by itself."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from fenghuo.kernel.access.errors import Invalid, WrongState
from fenghuo.kernel.journal.models import Entry
from fenghuo.readiness.teams import selectors
from fenghuo.readiness.teams.models import Team, TeamState
from fenghuo.readiness.teams.services import set_team_state
from fenghuo.readiness.teams.states import TEAM_STATES, VERBS
from tests.county import County

from .conftest import MakeTeam

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("start", "end"), list(product(TeamState, TeamState)))
def test_every_pair_of_the_table(county: County, make_team: MakeTeam, start: TeamState, end: TeamState) -> None:
    by, made = county.actor("a", "clerk"), make_team()
    if start != TeamState.READY:
        set_team_state(made, by=by, state=start, reason="检修")
    if VERBS[end] in TEAM_STATES.verbs(start):
        assert set_team_state(made, by=by, state=end, reason="检修").state == end
    else:
        with pytest.raises(WrongState):
            set_team_state(made, by=by, state=end, reason="检修")


@pytest.mark.parametrize(
    ("state", "reason", "hours", "field"),
    [
        ("unavailable", " ", 1, "reason"),
        ("resting", "x" * 201, 1, "reason"),
        ("resting", "累", -1, "until"),
        ("sleeping", "累", 1, "state"),
    ],
)
def test_what_cannot_be_is_refused(
    county: County, make_team: MakeTeam, state: str, reason: str, hours: int, field: str
) -> None:
    made, until = make_team(), timezone.now() + hours * HOUR
    with pytest.raises(Invalid) as error:
        set_team_state(made, by=county.actor("a", "clerk"), state=state, reason=reason, until=until)
    assert [fault.field for fault in error.value.faults] == [field]


def test_a_rest_ends_by_itself_and_an_absence_does_not(county: County, make_team: MakeTeam) -> None:
    by = county.actor("a", "clerk")
    now = timezone.now()
    resting, absent, ready = make_team(), make_team(), make_team()
    set_team_state(resting, by=by, state="resting", until=now + HOUR)
    set_team_state(absent, by=by, state="unavailable", reason="车辆检修", until=now + HOUR)
    assert [team.pk for team in selectors.ready_teams(by)] == [ready.pk]
    past = now - HOUR
    Team.objects.update(state_since=past - HOUR)
    Team.objects.exclude(pk=ready.pk).update(state_until=past)
    assert {team.pk for team in selectors.ready_teams(by)} == {resting.pk, ready.pk}
    assert not selectors.teams(by, state="resting").exists()
    assert [team.pk for team in selectors.teams(by, state="unavailable")] == [absent.pk]
    for team in Team.objects.all():
        assert (team.state_at(now) == "ready") == (team.pk != absent.pk)


def test_a_rest_that_is_over_may_be_taken_anew(county: County, make_team: MakeTeam) -> None:
    by, made = county.actor("a", "clerk"), make_team()
    set_team_state(made, by=by, state="resting", until=timezone.now() + HOUR)
    Team.objects.update(state_since=timezone.now() - 3 * HOUR, state_until=timezone.now() - HOUR)
    assert set_team_state(made, by=by, state="resting").state_until is None


def test_the_reason_stays_out_of_the_sealed_text(county: County, make_team: MakeTeam) -> None:
    by, made = county.actor("a", "clerk"), make_team()
    set_team_state(made, by=by, state="unavailable", reason="队长李某住院")
    entry = Entry.objects.get(verb="team.state_set")
    assert "李某" not in entry.text
    assert "李某" in entry.private.value
    assert set_team_state(made, by=by, state="ready").state_reason == ""
