"""A deadline made longer, once, where its rule allows it (D493 art. 29: at most 60 days more)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, WrongState
from fenghuo.kernel.journal.recording import record
from fenghuo.standards.deadlines import Span

from ..models import Clock
from ..rulebook import rules
from .holding import hold, moment, needed_reason
from .rows import reckon


@transaction.atomic
def extend_clock(clock: Clock, *, by: Actor, days: int, reason: str, happened_at: datetime | None = None) -> Clock:
    """`days` more, of the kind that the rule names (calendar or working days), counted from the last day.

    `happened_at`: when it was granted, which must be before the deadline had passed.
    Raises: NotFound, NotAllowed, WrongState (the rule allows none, extended already, passed), Invalid.
    """
    held, book = hold(clock, "clocks.extend", by=by), rules()
    rule = book.wording(held.rule, held.version)
    if rule is None or rule.extension is None:
        raise WrongState(_("The rule of this deadline allows no extension."))
    if held.extension:
        raise WrongState(_("This deadline has been extended already; the rule allows it once."))
    if not 1 <= days <= rule.extension.amount:
        most = {"most": rule.extension.amount}
        raise Invalid(Fault("days", _("must be from 1 to %(most)s") % most, days))
    reason, granted_at = needed_reason(reason), moment(held, happened_at)
    if granted_at > held.due_at and held.paused_at is None and held.missing_year is None:
        passed = {"due": f"{timezone.localtime(held.due_at):%Y-%m-%d %H:%M}"}
        raise WrongState(_("The deadline passed on %(due)s; an extension must have been granted before.") % passed)
    before, held.extension = held.due_at, str(Span(days, rule.extension.unit))
    held.save(update_fields=["extension", *reckon(held, rule, book.calendar)])
    record(
        "clock.extended",
        by,
        about=[held.record_id],
        happened_at=granted_at,
        public={
            "rule": held.rule,
            "clock": held.pk,
            "by": held.extension,
            "from": before.isoformat(),
            "to": held.due_at.isoformat(),
        },
        private={"reason": reason},
    )
    return held
