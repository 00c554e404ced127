"""What changing one clock by hand begins with."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, WrongState
from fenghuo.kernel.access.given import AHEAD
from fenghuo.kernel.access.guard import require

from ..models import Clock


def hold(clock: Clock, action: str, *, by: Actor) -> Clock:
    """Right, lock, state: the clock as it is now, held. Raises: NotFound, NotAllowed, WrongState (it does not run)."""
    require(by, action, clock.record)
    held = Clock.objects.select_related("record").select_for_update(of=("self",)).get(pk=clock.pk)
    if held.met_at is not None:
        raise WrongState(_("This duty has been done already."))
    if held.ended_at is not None:
        raise WrongState(_("This deadline no longer runs."))
    return held


def moment(clock: Clock, happened_at: datetime | None) -> datetime:
    """When it happened, now unless said. Raises: Invalid when that lies ahead, or before the clock began."""
    now = timezone.now()
    at = happened_at or now
    if at > now + AHEAD:
        raise Invalid(Fault("happened_at", _("lies in the future"), at.isoformat()))
    if at < clock.started_at:
        begun = timezone.localtime(clock.started_at)
        said = _("lies before the deadline began: %(begun)s") % {"begun": f"{begun:%Y-%m-%d %H:%M}"}
        raise Invalid(Fault("happened_at", said, at.isoformat()))
    return at


def needed_reason(reason: str) -> str:
    """Raises: Invalid when it is empty."""
    if not reason.strip():
        raise Invalid(Fault("reason", _("say why"), reason))
    return reason.strip()
