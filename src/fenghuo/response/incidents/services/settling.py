"""What the desk does with a report that leads to no incident: dismiss it, or hand it over to others."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Share, Unit
from fenghuo.kernel.journal.recording import record

from ..models import DismissReason, Report
from ..states import REPORT_STATES


@transaction.atomic
def dismiss_report(
    report: Report, *, by: Actor, reason: str, note: str = "", happened_at: datetime | None = None
) -> Report:
    """Put a report aside for good, saying why. Raises: NotFound, NotAllowed, WrongState, Invalid."""
    require(by, "reports.settle", report)
    report = Report.objects.lock(report)
    state = REPORT_STATES.check(report.state, "dismiss")
    if reason not in DismissReason.values:
        allowed = _("must be one of: %(reasons)s") % {"reasons": " ".join(DismissReason.values)}
        raise Invalid(Fault("reason", allowed, reason))
    if reason == DismissReason.OTHER and not note.strip():
        raise Invalid(Fault("note", _("say why, when the reason is “other”"), note))
    report.state = state
    report.save(update_fields=["state"])
    record(
        "report.dismissed",
        by,
        about=[report],
        happened_at=happened_at,
        public={"reason": reason},
        private={"note": note} if note else None,
    )
    return report


@transaction.atomic
def hand_over_report(
    report: Report, *, by: Actor, to: Unit, received_by: str, happened_at: datetime | None = None
) -> Report:
    """Give a report to the unit whose matter it is (移送, ERL24 art. 60); that unit then sees it.

    `received_by` is who took it there. Raises: NotFound, NotAllowed, WrongState, Invalid.
    """
    require(by, "reports.settle", report)
    report = Report.objects.lock(report)
    state = REPORT_STATES.check(report.state, "hand_over")
    if not received_by.strip():
        raise Invalid(Fault("received_by", _("say who took it over there"), received_by))
    if to.valid_to is not None:
        raise Invalid(Fault("to", _("This unit no longer exists."), to.code))
    report.state = state
    report.save(update_fields=["state"])
    Share.objects.get_or_create(record_id=report.pk, unit=to, defaults={"why": "handed_over"})
    record(
        "report.handed_over",
        by,
        about=[report, to],
        happened_at=happened_at,
        public={"to": to.code},
        private={"received_by": received_by},
    )
    return report
