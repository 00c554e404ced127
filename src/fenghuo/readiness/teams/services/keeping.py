"""What every verb on a team begins with: who may keep it, and the team as it is now, held."""

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.registry.services.keeping import hold_record, keeps, looked_at, require_keeping

from ..models import Team


def may_change(by: Actor, team: Team) -> bool:
    """For pages: whether to offer it. The services ask the same."""
    return by.may("teams.write") and keeps(by, unit_of(team))


def unit_of(team: Team) -> Unit:
    assert team.record.unit is not None  # create_team gives it one
    return team.record.unit


def begin(team: Team, *, by: Actor, version: int | None = None, archived: bool = False) -> Team:
    """Right, lock, and whether it is (not) archived; `version`: the one that the change was made upon.

    Raises: NotFound, NotAllowed, Conflict (changed meanwhile), WrongState.
    """
    require(by, "teams.write", team)  # before the lock: what is not seen is not found
    require_keeping(by, "teams.write", unit_of(team))
    hold_record(team.pk, version=version, archived=archived)
    return Team.objects.select_related("record__unit__region", "record__region").lock(team)


def touch(team: Team, by: Actor, *fields: str) -> None:
    """Store these fields; count the change and note who looked at it when."""
    if fields:
        team.save(update_fields=fields)
    looked_at(team.pk, by)
    team.record.refresh_from_db(fields=("version", "checked_at", "checked_by"))
