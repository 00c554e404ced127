"""What is done about an incident from here: orders are given; addresses of cameras and meetings come and go."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotFound, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.assignments.models import Assignment
from fenghuo.kernel.assignments.services import Order, issue
from fenghuo.kernel.journal.recording import record
from fenghuo.response.incidents.models import Incident, IncidentState

from .models import VideoLink
from .ordering import place_of


@transaction.atomic
def give_orders(
    incident: Incident, orders: Sequence[Order], *, by: Actor, happened_at: datetime | None = None
) -> list[Assignment]:
    """Orders to go to the place of an incident. It is held meanwhile, so that nobody closes it over an open order.

    Raises: NotFound, NotAllowed, WrongState (it is closed), Invalid, Conflict.
    """
    require(by, "assignments.issue", incident)
    held = Incident.objects.select_related("record__region").lock(incident)
    if held.state == IncidentState.CLOSED:
        raise WrongState(_("The incident is closed. Open it again before you give orders."))
    return issue(held, orders, by=by, place=place_of(held), happened_at=happened_at)


@transaction.atomic
def add_video(incident: Incident, *, by: Actor, name: str, address: str) -> VideoLink:
    """A camera or meeting of this incident. The address may hold a key: it stands in no public part.

    Raises: NotFound, NotAllowed, WrongState, Invalid (no http(s) address).
    """
    require(by, "videos.write", incident)
    if incident.state == IncidentState.CLOSED:
        raise WrongState(_("The incident is closed. Open it again first."))
    if urlsplit(address).scheme not in ("http", "https"):
        raise Invalid(Fault("address", _("must begin with http:// or https://"), address[:200]))
    if not name.strip():
        raise Invalid(Fault("name", _("say what it shows"), name))
    made = VideoLink.objects.create(
        incident=incident, name=name.strip()[:60], address=address[:500], added_at=timezone.now()
    )
    record("video.added", by, about=[incident], public={"name": made.name}, private={"address": made.address})
    return made


@transaction.atomic
def remove_video(incident: Incident, pk: int, *, by: Actor) -> None:
    """Raises: NotFound, NotAllowed."""
    require(by, "videos.write", incident)
    found = VideoLink.objects.filter(pk=pk, incident=incident, removed_at__isnull=True).first()
    if found is None:
        raise NotFound(_("There is no such address."))
    found.removed_at = timezone.now()
    found.save(update_fields=["removed_at"])
    record("video.removed", by, about=[incident], public={"name": found.name})
