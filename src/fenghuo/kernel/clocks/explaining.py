"""Why a duty was late: asked of the unit whose duty it is, counted by kind, in its own words beside it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed, NotFound, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.recording import record as put_on_record

from .desks import home_desk, is_ours
from .lateness import LateWhy
from .models import Clock, LateReason
from .states import LATE, state_of

MOST = 2000  # characters


@transaction.atomic
def give_reason(clock: Clock, *, by: Actor, why: str, text: str) -> LateReason:
    """Say why a duty was done late, was not done, or is still open after its end. Basis: ERL24 art. 61 (迟报、漏报).

    Saying it again replaces what was said; the journal keeps both. Raises: NotFound, NotAllowed (another unit's duty),
    WrongState (it is not late), Invalid.
    """
    held = Clock.objects.select_for_update(of=("self",)).select_related("record").filter(pk=clock.pk).first()
    if held is None:
        raise NotFound(_("There is no such deadline."))
    require(by, "clocks.explain", held.record)
    if not is_ours(by, held.record, home_desk()):
        raise NotAllowed(_("Only the unit whose duty it is gives the reason."))
    now = timezone.now()
    if held.window or state_of(held, now) not in LATE:
        raise WrongState(_("This is not late, so there is nothing to explain."))
    text = _checked(why, text)
    entry = put_on_record(
        "clock.reason_given",
        by,
        about=[held.record_id],
        public={"rule": held.rule, "turn": held.turn, "why": why},
        private={"text": text},
    )
    given: dict[str, Any] = {"why": why, "text": text, "given_at": now, "given_by": by.label[:200], "entry_id": entry}
    reason, _made = LateReason.objects.update_or_create(clock=held, defaults=given)
    Clock.objects.filter(pk=held.pk).update(reasoned_at=now)
    return reason


def _checked(why: str, text: str) -> str:
    faults = []
    if why not in LateWhy.values:
        known = " ".join(LateWhy.values)
        faults.append(Fault("why", _("must be one of: %(known)s") % {"known": known}, why[:50]))
    text = text.strip()
    if not text:
        faults.append(Fault("text", _("say in a sentence what held it up"), ""))
    elif len(text) > MOST:
        faults.append(Fault("text", _("must be at most %(most)s characters long") % {"most": MOST}, text[:200]))
    elif "\x00" in text:
        faults.append(Fault("text", _("holds a character that cannot be kept (U+0000)"), text[:200]))
    if faults:
        raise Invalid(*faults)
    return text
