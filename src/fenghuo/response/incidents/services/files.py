"""Files of reports and incidents: photos, recordings, papers that came with a call or from the scene."""

from datetime import datetime

from django.db import transaction

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.given import not_ahead
from fenghuo.kernel.documents.models import Attachment
from fenghuo.kernel.documents.services import Staged, attach, detach

from ..models import Incident, Report
from .verbs import begin


@transaction.atomic
def attach_file(
    subject: Report | Incident, staged: Staged, *, by: Actor, note: str = "", happened_at: datetime | None = None
) -> Attachment:
    """Also after the incident was closed. Raises: NotFound, NotAllowed, Invalid."""
    not_ahead("happened_at", happened_at)
    action = _begin(subject, "attach", by)
    return attach(subject, staged, by=by, action=action, note=note, happened_at=happened_at)


@transaction.atomic
def detach_file(subject: Report | Incident, pk: int, *, by: Actor, reason: str) -> Attachment:
    """Raises: NotFound, NotAllowed, Invalid."""
    return detach(subject, pk, by=by, action=_begin(subject, "detach", by), reason=reason)


def _begin(subject: Report | Incident, verb: str, by: Actor) -> str:
    """The right that it takes."""
    if isinstance(subject, Incident):
        begin(subject, verb, by=by)
        return "incidents.write"
    return "reports.receive"
