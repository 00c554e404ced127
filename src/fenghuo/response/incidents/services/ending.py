"""control, close, reopen: how an incident ends, and begins again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import WrongState

from ..closing import still_open
from ..models import Incident
from .verbs import begin, needed, tell


@transaction.atomic
def control_incident(incident: Incident, *, by: Actor, happened_at: datetime | None = None) -> Incident:
    """The danger is under control; work goes on. Raises: NotFound, NotAllowed, WrongState."""
    incident, state = begin(incident, "control", by=by, happened_at=happened_at)
    incident.state, incident.controlled_at = state, happened_at or timezone.now()
    incident.save(update_fields=["state", "controlled_at"])
    tell("controlled", incident, by, happened_at=happened_at)
    return incident


@transaction.atomic
def close_incident(incident: Incident, *, by: Actor, summary: str, happened_at: datetime | None = None) -> Incident:
    """Work is over. What is still open is put on record; what must not be left open (orders) holds it up.

    Raises: NotFound, NotAllowed, WrongState (naming what holds it up), Invalid (no summary).
    """
    incident, state = begin(incident, "close", by=by, happened_at=happened_at)
    summary = needed("summary", summary, _("sum up what happened and what was done"))
    left = still_open(incident)
    if blocking := [matter.text for matter in left if matter.blocks]:
        raise WrongState(_("Not closed, because this is still open: %(matters)s") % {"matters": " ".join(blocking)})
    incident.state, incident.closed_at, incident.summary = state, happened_at or timezone.now(), summary
    incident.save(update_fields=["state", "closed_at", "summary"])
    tell(
        "closed",
        incident,
        by,
        happened_at=happened_at,
        public={"left_open": len(left)},
        private={"summary": summary, "left_open": [matter.text for matter in left]},
    )
    return incident


@transaction.atomic
def reopen_incident(incident: Incident, *, by: Actor, reason: str, happened_at: datetime | None = None) -> Incident:
    """It goes on after all. Raises: NotFound, NotAllowed, WrongState, Invalid (no reason)."""
    incident, state = begin(incident, "reopen", by=by, happened_at=happened_at)
    if incident.merged_into is not None:
        number = incident.merged_into.record.number
        raise WrongState(_("It was joined to incident %(number)s: separate it there.") % {"number": number})
    reason = needed("reason", reason, _("say why"))
    incident.state, incident.controlled_at, incident.closed_at = state, None, None
    incident.save(update_fields=["state", "controlled_at", "closed_at"])
    tell("reopened", incident, by, happened_at=happened_at, private={"reason": reason})
    return incident
