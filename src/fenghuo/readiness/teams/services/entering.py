"""What the register of teams does in one act: a team together with its leader, the first to call.

Each verb takes many rows, each as `create` or `change` of the register gives it; one is a batch of one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.batches import carry_out, only, together
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.registry.services.keeping import Change

from ..models import Contact, Team
from .contacts import Calling, OnCall, check_contacts, set_contacts_all
from .registering import change_teams, create_teams
from .storing import NewTeam

LEADER = ("leader", "leader_phone")
type Given = Mapping[str, Any]  # column → value


def leader_of(team: Team) -> OnCall:
    """As the register says it: name and telephone, of a person of the registry too."""
    first = next(iter(team.contact_rows.all()), None)
    if first is None:
        return OnCall()
    if first.person is not None:
        return OnCall(first.person, first.person.name, first.person.mobile, first.title)
    return OnCall(None, first.name, first.phone, first.title)


def enter_team(*, by: Actor, **said: Any) -> Team:
    """A team with its leader. An empty place is that of the unit. Raises: NotAllowed, Invalid."""
    return only(enter_teams([said], by=by))


@transaction.atomic
def enter_teams(batch: Sequence[Given], *, by: Actor) -> list[Team | Refused]:
    def enter(right: list[tuple[NewTeam, list[OnCall]]]) -> list[Team | Refused]:
        made = create_teams([values for values, _contacts in right], by=by)
        entered = zip(made, right, strict=True)
        _call([Calling(one, calls) for one, (_values, calls) in entered if isinstance(one, Team) and calls], by)
        return made

    return together(batch, lambda some: carry_out(some, _team_and_leader, enter))


def change_team_and_leader(team: Team, *, by: Actor, version: int | None = None, **said: Any) -> Team:
    """Change what is given; another leader takes the first place among those to call.

    Raises: NotFound, NotAllowed, Conflict, WrongState, Invalid.
    """
    return only(change_teams_and_leaders([Change(team, version, said)], by=by))


@transaction.atomic
def change_teams_and_leaders(batch: Sequence[Change[Team]], *, by: Actor) -> list[Team | Refused]:
    """No team twice in a batch."""

    def change(some: Sequence[Change[Team]]) -> list[Team | Refused]:
        changed = change_teams([Change(one.row, one.version, _values(one.said)) for one in some], by=by)
        led = [
            (team, one.said)
            for team, one in zip(changed, some, strict=True)
            if isinstance(team, Team) and any(one.said.get(name) is not None for name in LEADER)
        ]
        _lead(led, by)
        return changed

    return together(batch, change)


def _values(said: Given) -> dict[str, Any]:
    """What is said of the team itself."""
    return {
        name: value for name, value in said.items() if name not in LEADER and (name != "region" or value is not None)
    }


def _team_and_leader(said: Given) -> tuple[NewTeam, list[OnCall]]:
    """Raises: Invalid."""
    name, phone = said.get("leader", ""), said.get("leader_phone", "")
    contacts = [OnCall(name=name, phone=phone)] if name or phone else []
    check_contacts(contacts)
    values: NewTeam = _values(said)  # type: ignore[assignment]
    return values, contacts


def _lead(led: Sequence[tuple[Team, Given]], by: Actor) -> None:
    """Raises: Refused."""
    if not led:
        return
    rows: dict[int, list[Contact]] = {team.pk: [] for team, _said in led}
    for row in Contact.objects.filter(team__in=rows).select_related("person").order_by("team", "place"):
        rows[row.team_id].append(row)
    calling = []
    for team, said in led:
        kept = [_as_said(row) for row in rows[team.pk]]
        before = kept[0] if kept else OnCall()
        name, phone = (_said_or(said.get(name), now) for name, now in zip(LEADER, _known(before), strict=True))
        if (name, phone) != _known(before):
            first = [OnCall(name=name, phone=phone, title=before.title)] if name or phone else []
            calling.append(Calling(team, [*first, *kept[1:]]))
    _call(calling, by)


def _as_said(row: Contact) -> OnCall:
    return OnCall(row.person, row.name, row.phone, row.title)


def _known(one: OnCall) -> tuple[str, str]:
    return (one.person.name, one.person.mobile) if one.person else (one.name, one.phone)


def _said_or(said: str | None, now: str) -> str:
    return now if said is None else said


def _call(calling: Sequence[Calling], by: Actor) -> None:
    """Raises: Refused, and then the whole batch is taken back."""
    if calling:
        for answer in set_contacts_all(calling, by=by):
            only([answer])
