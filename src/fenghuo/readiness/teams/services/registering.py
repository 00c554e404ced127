"""create_team, change_team, confirm_team, archive_team, restore_team."""

from collections.abc import Sequence
from typing import Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.batches import carry_out, only
from fenghuo.kernel.access.errors import Fault, Invalid, Refused
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.registry.services.keeping import Change, require_keeping

from ..models import Team
from .keeping import Holding, begin, touch
from .storing import Changed, NewTeam, store_changes, store_new
from .values import Piece, TeamValues, check


def create_team(*, by: Actor, **said: Unpack[NewTeam]) -> Team:
    """Enter a team of `unit` into the register. Raises: NotAllowed, Invalid."""
    return only(create_teams([said], by=by))


@transaction.atomic
def create_teams(batch: Sequence[NewTeam], *, by: Actor) -> list[Team | Refused]:
    """Each of them as create_team does, in the order given, in as many statements as for one."""

    def check_new(said: NewTeam) -> NewTeam:
        require_keeping(by, "teams.write", said["unit"])
        lacking = [name for name in ("name", "kind") if name not in said]
        if lacking:
            raise Invalid(*(Fault(name, _("is required")) for name in lacking))
        check(said)
        return {**said, "region": said.get("region", said["unit"].region)}

    return carry_out(batch, check_new, lambda right: store_new(right, by))


def change_team(team: Team, *, by: Actor, version: int | None = None, **said: Unpack[TeamValues]) -> Team:
    """Change what is given and leave the rest. `version`: refuse when the team is no longer at it.

    Raises: NotFound, NotAllowed, Conflict, WrongState (archived), Invalid.
    """
    return only(change_teams([Change(team, version, said)], by=by))


@transaction.atomic
def change_teams(batch: Sequence[Change[Team]], *, by: Actor) -> list[Team | Refused]:
    """Each of them as change_team does. No team twice in a batch."""
    holding = Holding((one.row for one in batch), by)
    keys = [one.row.pk for one in batch]
    prefetched = Team.objects.prefetch_related("capability_rows", "equipment_rows").in_bulk(keys)

    def check_change(one: Change[Team]) -> Changed:
        team = holding.begin(one.row, version=one.version)
        before = _values(team, prefetched[team.pk])
        said: TeamValues = dict(one.said)  # type: ignore[assignment]
        if (said.get("latitude"), said.get("longitude")) == (before["latitude"], before["longitude"]):
            said.pop("latitude", None)  # what stood there was checked when it came
            said.pop("longitude", None)
        check(said)
        changed = sorted(name for name, value in _comparable(said).items() if before.get(name) != value)
        return Changed(team, said, changed, str(before["name"]))

    def store(right: list[Changed]) -> list[Team]:
        store_changes([one for one in right if one.fields], by)
        return [one.team for one in right]

    return carry_out(batch, check_change, store)


@transaction.atomic
def confirm_team(team: Team, *, by: Actor) -> Team:
    """Somebody has looked: what stands there is right as of now. Raises: NotFound, NotAllowed, WrongState."""
    team = begin(team, by=by)
    touch(team, by)
    record("team.confirmed", by, about=[team])
    return team


@transaction.atomic
def archive_team(team: Team, *, by: Actor, reason: str) -> Team:
    """It exists no longer: out of lists and proposals; its history stays.

    Raises: NotFound, NotAllowed, WrongState, Invalid (no reason).
    """
    team = begin(team, by=by)
    if not reason.strip():
        raise Invalid(Fault("reason", _("say why, for example: disbanded"), reason))
    team.record.archived_at = timezone.now()
    team.record.save(update_fields=["archived_at"])
    touch(team, by)
    record("team.archived", by, about=[team], private={"reason": reason.strip()[:2000]})
    return team


@transaction.atomic
def restore_team(team: Team, *, by: Actor) -> Team:
    """Back into the register. Raises: NotFound, NotAllowed, WrongState."""
    team = begin(team, by=by, archived=True)
    team.record.archived_at = None
    team.record.save(update_fields=["archived_at"])
    touch(team, by)
    record("team.restored", by, about=[team])
    return team


def _values(team: Team, rows: Team) -> dict[str, object]:
    """What the team is now, comparable with what is said. `rows`: the same, with its rows read."""
    own = not team.position_estimated
    return {
        "name": team.record.title,
        "kind": team.kind,
        "people": team.people,
        "note": team.note,
        "capabilities": sorted(row.slug for row in rows.capability_rows.all()),
        "equipment": [Piece(row.name, row.count, row.measure) for row in rows.equipment_rows.all()],
        "latitude": team.latitude if own else None,
        "longitude": team.longitude if own else None,
        "region": team.record.region_id,
    }


def _comparable(said: TeamValues) -> dict[str, object]:
    found: dict[str, object] = {name: value for name, value in said.items() if name != "outside"}
    if "name" in said:
        found["name"] = said["name"].strip()
    if "capabilities" in said:
        found["capabilities"] = sorted(set(said["capabilities"]))
    if "equipment" in said:
        found["equipment"] = [Piece(one.name.strip(), one.count, one.measure.strip()) for one in said["equipment"]]
    if "region" in said:
        found["region"] = said["region"].pk
    return found
