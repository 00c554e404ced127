"""Stranger, other block, other line, own unit, superior, read-only: who reads a team, and who changes it."""

from collections.abc import Callable

import pytest

from fenghuo.kernel.access.errors import NotAllowed, NotFound
from fenghuo.kernel.access.models import Share
from fenghuo.readiness.teams import selectors
from fenghuo.readiness.teams.models import Team
from fenghuo.readiness.teams.services import (
    archive_team,
    change_team,
    confirm_team,
    create_team,
    may_change,
    set_contacts,
    set_team_state,
)
from tests.county import County

from .conftest import MakeTeam

VERBS: dict[str, Callable[..., object]] = {
    "change": lambda team, by: change_team(team, by=by, people=7),
    "state": lambda team, by: set_team_state(team, by=by, state="resting"),
    "contacts": lambda team, by: set_contacts(team, by=by, contacts=[]),
    "confirm": lambda team, by: confirm_team(team, by=by),
    "archive": lambda team, by: archive_team(team, by=by, reason="撤并"),
}
# unit, role, what happens: None done, else what is raised. The team is town a's and can do traffic control.
CAST = [
    ("a", "clerk", None),  # own unit
    ("emo", "duty_officer", None),  # superior
    ("government", "head", None),
    ("village", "head", NotFound),  # below
    ("a", "observer", NotAllowed),  # read-only
    ("emo", "observer", NotAllowed),
    ("psb", "clerk", NotAllowed),  # its line: sees it, does not keep it
    ("education", "clerk", NotFound),  # another line
    ("b", "clerk", NotFound),  # another block
    ("neighbour", "duty_officer", NotFound),  # stranger
]


@pytest.fixture
def team(make_team: MakeTeam) -> Team:
    return make_team("a", capabilities=["traffic_control"])


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(("unit", "role", "raised"), CAST)
def test_who_changes_it(
    county: County, team: Team, unit: str, role: str, raised: type[Exception] | None, verb: str
) -> None:
    actor = county.actor(unit, role)
    assert may_change(actor, team) == (raised is None)
    if raised is None:
        VERBS[verb](team, actor)
        return
    with pytest.raises(raised):
        VERBS[verb](team, actor)
    assert Team.objects.get().record.version == 1


@pytest.mark.parametrize(("unit", "role", "raised"), CAST)
def test_who_reads_it(county: County, team: Team, unit: str, role: str, raised: type[Exception] | None) -> None:
    actor = county.actor(unit, role)
    assert selectors.teams(actor).exists() == (raised is not NotFound)
    assert selectors.ready_teams(actor).exists() == (raised is not NotFound)
    if raised is NotFound:
        with pytest.raises(NotFound):
            selectors.team(actor, team.record.number)
        with pytest.raises(NotFound):
            selectors.team_by_key(actor, team.pk)
    else:
        assert selectors.team(actor, team.record.number) == selectors.team_by_key(actor, team.pk) == team


@pytest.mark.parametrize(
    ("unit", "role", "of", "allowed"),
    [
        ("a", "clerk", "a", True),
        ("a", "clerk", "village", True),
        ("emo", "clerk", "psb", True),
        ("psb", "clerk", "psb", True),
        ("village", "head", "village", True),
        ("a", "observer", "a", False),
        ("a", "clerk", "b", False),
        ("psb", "clerk", "a", False),
        ("village", "head", "a", False),
        ("neighbour", "clerk", "a", False),
    ],
)
def test_who_enters_a_team_of_whom(county: County, unit: str, role: str, of: str, allowed: bool) -> None:
    actor = county.actor(unit, role)
    if allowed:
        assert create_team(by=actor, unit=county.units[of], name="队", kind="general").pk
    else:
        with pytest.raises(NotAllowed):
            create_team(by=actor, unit=county.units[of], name="队", kind="general")
        assert not Team.objects.exists()


def test_a_street_office_reads_a_countys_team_in_its_place_and_does_not_keep_it(
    county: County, make_team: MakeTeam
) -> None:
    team, actor = make_team("psb", region=county.regions["a"]), county.actor("a", "clerk")
    assert selectors.team(actor, team.record.number) == team
    with pytest.raises(NotAllowed):
        confirm_team(team, by=actor)


def test_a_share_lets_read_and_no_more(county: County, team: Team) -> None:
    Share.objects.create(record_id=team.pk, unit=county.units["b"], why="asked")
    actor = county.actor("b", "clerk")
    assert selectors.team(actor, team.record.number) == team
    with pytest.raises(NotAllowed):
        confirm_team(team, by=actor)


@pytest.mark.parametrize(
    ("scopes", "reads", "writes"),
    [
        (("registers.read",), True, False),
        (("registers.write",), True, True),
        (("measures.read",), False, False),
    ],
)
def test_what_a_machine_may(county: County, team: Team, scopes: tuple[str, ...], reads: bool, writes: bool) -> None:
    machine = county.machine("emo", *scopes)
    if reads:
        assert selectors.teams(machine).exists()
    else:
        with pytest.raises(NotAllowed):
            selectors.teams(machine)
    if writes:
        confirm_team(team, by=machine)
    else:
        with pytest.raises(NotAllowed):
            confirm_team(team, by=machine)
