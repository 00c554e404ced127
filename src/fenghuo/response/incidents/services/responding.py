"""set_response: which response is in force, apart from the incident's level (ERL24 art. 72, 86)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, WrongState

from ..models import Incident, ResponseLevel
from .verbs import begin, needed, tell


@transaction.atomic
def set_response(
    incident: Incident,
    *,
    by: Actor,
    level: int | None,
    matters: str = "",
    measures: str = "",
    until: datetime | None = None,
    happened_at: datetime | None = None,
) -> Incident:
    """Start, raise or lower the response (all four fields), or end it (level None).

    Raises: NotFound, NotAllowed, WrongState (ending what is not in force), Invalid naming each missing field.
    """
    incident, _state = begin(incident, "set_response", by=by, happened_at=happened_at)
    if level is None:
        if incident.response_level is None:
            raise WrongState(_("No response is in force."))
        return _end(incident, by, happened_at)
    since = happened_at or timezone.now()
    faults = []
    if level not in ResponseLevel.values:
        faults.append(Fault("level", _("must be 1, 2, 3, 4 or null"), level))
    if not matters.strip():
        faults.append(Fault("matters", _("is required: what the response is about"), matters))
    if not measures.strip():
        faults.append(Fault("measures", _("is required: which measures are taken"), measures))
    if until is None:
        faults.append(Fault("until", _("is required: until when it is expected to last"), None))
    elif until <= since:
        faults.append(Fault("until", _("must lie after the start of the response"), until.isoformat()))
    if faults:
        raise Invalid(*faults)
    before = incident.response_level
    incident.response_level, incident.response_until = level, until
    incident.response_matters = needed("matters", matters, "")
    incident.response_measures = needed("measures", measures, "")
    if before is None:
        incident.response_since = since
    incident.save(update_fields=FIELDS)
    tell(
        "response_set",
        incident,
        by,
        happened_at=happened_at,
        public={
            "level": level,
            "before": before,
            "matters": incident.response_matters,
            "measures": incident.response_measures,
            "until": until.isoformat() if until else None,
        },
    )
    return incident


FIELDS = ["response_level", "response_until", "response_matters", "response_measures", "response_since"]


def _end(incident: Incident, by: Actor, happened_at: datetime | None) -> Incident:
    before, incident.response_level, incident.response_until = incident.response_level, None, None
    incident.save(update_fields=FIELDS)
    tell("response_ended", incident, by, happened_at=happened_at, public={"before": before})
    return incident
