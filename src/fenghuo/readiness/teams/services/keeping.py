"""What every verb on a team begins with: who may keep it, and the team as it is now, held."""

from collections.abc import Iterable, Sequence

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require, seen_of
from fenghuo.kernel.access.models import Record, Unit
from fenghuo.kernel.registry.services.keeping import (
    hold_records,
    keeps,
    looked_at_all,
    require_keeping,
    require_version,
)

from ..models import Team


def may_change(by: Actor, team: Team) -> bool:
    """For pages: whether to offer it. The services ask the same."""
    return by.may("teams.write") and keeps(by, unit_of(team))


def unit_of(team: Team) -> Unit:
    assert team.record.unit is not None  # create_team gives it one
    return team.record.unit


class Holding:
    """Teams that a batch of changes is about: right, lock, and each as it is now."""

    def __init__(self, teams: Iterable[Team], by: Actor) -> None:
        keys = [team.pk for team in teams]
        self.by, self._seen = by, seen_of(by, keys)  # before the lock: what is not seen is not found
        self._records = hold_records(key for key in keys if key in self._seen)
        locked = Team.objects.select_for_update(of=("self",)).order_by("pk")
        self._teams = locked.select_related("record__unit__region", "record__region").in_bulk(list(self._records))

    def begin(self, team: Team, *, version: int | None = None, archived: bool = False) -> Team:
        """Held, and (not) archived; `version`: the one that the change was made upon.

        Raises: NotFound, NotAllowed, Conflict (changed meanwhile), WrongState.
        """
        require(self.by, "teams.write", team, seen=self._seen)
        require_keeping(self.by, "teams.write", unit_of(team))
        require_version(self._records[team.pk], version, archived=archived)
        return self._teams[team.pk]


def begin(team: Team, *, by: Actor, version: int | None = None, archived: bool = False) -> Team:
    """One of them. Raises: NotFound, NotAllowed, Conflict, WrongState."""
    return Holding([team], by).begin(team, version=version, archived=archived)


def touch(team: Team, by: Actor) -> None:
    """Count the change and note who looked at it when."""
    touch_all([team], by)


def touch_all(teams: Sequence[Team], by: Actor) -> None:
    looked_at_all((team.pk for team in teams), by)
    rows = Record.objects.in_bulk([team.pk for team in teams])
    for team in teams:
        for name in ("version", "checked_at", "checked_by"):
            setattr(team.record, name, getattr(rows[team.pk], name))
