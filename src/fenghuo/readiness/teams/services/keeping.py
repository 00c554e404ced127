"""What every verb on a team begins with: who may keep it, and the team as it is now, held."""

from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, NotAllowed, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.sight import Sight

from ..models import Team


def keeps(by: Actor, unit: Unit) -> bool:
    """A team is kept by its unit and by the authorities above that in the block; whoever else sees it only reads.

    Where the team lies does not matter: a street office does not keep the county's fire brigade.
    """
    if by.is_system or unit.pk == by.unit_id:
        return True
    return by.sight is Sight.BLOCK and bool(by.block) and unit.region.path.startswith(by.block)


def may_change(by: Actor, team: Team) -> bool:
    """For pages: whether to offer it. The services ask the same."""
    return by.may("teams.write") and keeps(by, unit_of(team))


def unit_of(team: Team) -> Unit:
    assert team.record.unit is not None  # create_team gives it one
    return team.record.unit


def require_keeping(by: Actor, unit: Unit) -> None:
    """Raises: NotAllowed."""
    require(by, "teams.write")
    if not keeps(by, unit):
        raise NotAllowed(_("Only the team's own unit and the authorities above it may change it."))


def begin(team: Team, *, by: Actor, version: int | None = None, archived: bool = False) -> Team:
    """Right, lock, and whether it is (not) archived; `version`: the one that the change was made upon.

    Raises: NotFound, NotAllowed, Conflict (changed meanwhile), WrongState.
    """
    require(by, "teams.write", team)  # before the lock: what is not seen is not found
    held = Team.objects.select_related("record__unit__region", "record__region").lock(team)
    require_keeping(by, unit_of(held))
    if version is not None and version != held.version:
        raise Conflict(_("Somebody changed this team meanwhile. Look at it as it is now, then change it again."))
    if (held.record.archived_at is not None) != archived:
        raise WrongState(_("The team is in the archive.") if not archived else _("The team is not in the archive."))
    return held


def touch(team: Team, *fields: str) -> None:
    """Store these fields; count the change and note its moment."""
    team.version += 1
    team.checked_at = timezone.now()
    team.save(update_fields=[*fields, "version", "checked_at"])
