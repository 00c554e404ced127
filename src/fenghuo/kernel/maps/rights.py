"""Who may read of closed roads and close them. Which units close is asked by `closes`, beside the role."""

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotAllowed
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.access.rights import Role, grant
from fenghuo.kernel.registry.selectors import home_region

DESK = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD, Role.CLERK)
READING = ("incidents.read", "incidents.write", "assignments.read", "assignments.write", "registers.read")
AUTHORITIES = (UnitKind.GOVERNMENT, UnitKind.EMERGENCY_OFFICE, UnitKind.COMMAND_BODY)

grant("closures.read", roles=tuple(Role), scopes=(*READING, "registers.write"))
grant("closures.write", roles=DESK, scopes=("registers.write",))


def closes(by: Actor, path: str) -> bool:
    """The authorities over the whole county, and public security, close roads there. `path`: the county's region."""
    if by.is_system:
        return True
    authority = by.unit_kind in AUTHORITIES or "public_security" in by.subjects
    return by.may("closures.write") and authority and bool(by.block) and path.startswith(by.block)


def require_closing(by: Actor) -> Region:
    """The county that this installation serves. Raises: NotAllowed."""
    home = home_region()
    if home is None or not closes(by, home.path):
        raise NotAllowed(_("Only the county's authorities and public security close roads and lift closures."))
    return home


def may_close(actor: Actor) -> bool:
    """Here, in the county that this installation serves."""
    home = home_region()
    return home is not None and closes(actor, home.path)
