from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.registry.selectors import home_region


def home(by: Actor) -> int:
    """The record that entries about the county's own rules are about: its region, else the actor's unit.

    Raises: Refused when there is neither.
    """
    region = home_region()
    if region is not None:
        return int(region.pk)
    if by.unit_id is None:
        raise Refused(_("There is no county here yet: enter its region first."))
    return by.unit_id
