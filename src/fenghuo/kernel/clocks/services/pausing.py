"""A clock that is stopped for a time that does not count (D493 art. 27: a technical appraisal), and let run again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, WrongState
from fenghuo.kernel.journal.recording import record

from ..late import plan_anew
from ..models import Clock, Pause
from ..rulebook import rules
from .holding import hold, moment, needed_reason
from .rows import reckon


@transaction.atomic
def pause_clock(clock: Clock, *, by: Actor, reason: str, happened_at: datetime | None = None) -> Pause:
    """It does not run until it is resumed; `due_at` is reckoned anew then.

    Raises: NotFound, NotAllowed, WrongState (paused already, met, ended), Invalid (no reason, a moment that cannot be).
    """
    held = hold(clock, "clocks.pause", by=by)
    if held.paused_at is not None:
        raise WrongState(_("This deadline is paused already, since %(since)s.") % {"since": _told(held.paused_at)})
    reason, since = needed_reason(reason), moment(held, happened_at)
    last = held.pauses.order_by("-until").values_list("until", flat=True).first()
    if last is not None and since < last:
        raise Invalid(Fault("happened_at", _("lies in an earlier pause, until %(until)s") % {"until": _told(last)}))
    entry = record(
        "clock.paused",
        by,
        about=[held.record_id],
        happened_at=since,
        public={"rule": held.rule, "clock": held.pk},
        private={"reason": reason},
    )
    held.paused_at = since
    held.save(update_fields=["paused_at", *plan_anew(held)])
    return Pause.objects.create(clock=held, since=since, entry_id=entry)


@transaction.atomic
def resume_clock(clock: Clock, *, by: Actor, happened_at: datetime | None = None) -> Clock:
    """It runs again, and is due later by what it was paused.

    Raises: NotFound, NotAllowed, WrongState (not paused, met, ended), Invalid (a moment before the pause, or ahead).
    """
    held = hold(clock, "clocks.pause", by=by)
    if held.paused_at is None:
        raise WrongState(_("This deadline is not paused."))
    until = moment(held, happened_at)
    if until < held.paused_at:
        said = _("lies before the pause, which began %(since)s") % {"since": _told(held.paused_at)}
        raise Invalid(Fault("happened_at", said, until.isoformat()))
    before, book = held.due_at, rules()
    pause = held.pauses.select_for_update(of=("self",)).get(until__isnull=True)
    pause.until = until
    pause.save(update_fields=["until"])
    held.paused_at = None
    rule = book.wording(held.rule, held.version)
    moved = reckon(held, rule, book.calendar) if rule is not None else plan_anew(held)
    held.save(update_fields=["paused_at", *moved])
    pause.resumed_by_id = record(
        "clock.resumed",
        by,
        about=[held.record_id],
        happened_at=until,
        public={"rule": held.rule, "clock": held.pk, "from": before.isoformat(), "to": held.due_at.isoformat()},
    )
    pause.save(update_fields=["resumed_by"])
    return held


def _told(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
