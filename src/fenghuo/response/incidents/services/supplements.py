from django.db import transaction
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.given import AHEAD
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.registry.places import places

from ..messages import SupplementMessage
from ..models import Report, Supplement
from ..positions import read_position
from ..reading import extra_of
from .joining import pass_on


@transaction.atomic
def add_supplement(report: Report, message: SupplementMessage, *, by: Actor) -> Supplement:
    """Keep later facts of the same call beside the first ones, in whatever state the report is.

    Raises: NotFound, NotAllowed.
    """
    require(by, "reports.receive", report)
    now = timezone.now()
    position = read_position(message.location, places().area)
    ahead = message.happened_at is not None and message.happened_at > now + AHEAD
    supplement = Supplement.objects.create(
        report=report,
        text=message.text or "",
        happened_at=message.happened_at,
        address=(message.location.address or "") if message.location else "",
        latitude=position.latitude,
        longitude=position.longitude,
        figures=message.figures.said() if message.figures else {},
        marks=[*([{"mark": "future"}] if ahead else []), *position.marks],
        extra=extra_of(message),
        recorded_at=now,
    )
    record(
        "report.supplemented",
        by,
        about=[report],
        happened_at=message.happened_at,
        private={"text": supplement.text, "address": supplement.address, "figures": supplement.figures},
    )
    pass_on(report, supplement, by=by)
    return supplement
