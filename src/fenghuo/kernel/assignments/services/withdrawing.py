"""withdraw: the order no longer holds, and everybody who heard of it is told."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed
from fenghuo.kernel.access.given import text_within
from fenghuo.kernel.access.models import Share
from fenghuo.kernel.messaging.services import Notice, cancel_messages, notify_each

from ..models import Assignment
from ..states import ENDED
from .answering import commands
from .asking import receiver_of
from .issuing import ASSIGNED
from .telling import begin, tell


@transaction.atomic
def withdraw(assignment: Assignment, *, by: Actor, reason: str, happened_at: datetime | None = None) -> Assignment:
    """Links are closed, what has not left is stopped, and whoever was asked gets word.

    Raises: NotFound, NotAllowed (another unit issued it), WrongState, Invalid (no reason).
    """
    held, state = begin(assignment, "withdraw", "assignments.issue", by=by, happened_at=happened_at)
    if not commands(by, held):
        raise NotAllowed(_("Another unit gave this order; only it can withdraw it."))
    reason = text_within("reason", reason)
    if not reason:
        raise Invalid(Fault("reason", _("say why"), reason))
    now = timezone.now()
    held.state, held.ended_at = state, happened_at or now
    held.save(update_fields=["state", "ended_at"])
    held.steps.filter(done_at__isnull=True).update(done_at=now)
    held.links.filter(revoked_at__isnull=True).update(revoked_at=now)
    cancel_messages(held, by=by)
    _send_word(held, reason, by)
    _withdraw_sight(held)
    tell("withdrawn", held, by, happened_at=happened_at, private={"reason": reason})
    return held


def _send_word(held: Assignment, reason: str, by: Actor) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        text = _("Order %(code)s is withdrawn: %(reason)s. Nothing more is to be done.") % {
            "code": held.record.number[-4:],
            "reason": reason,
        }
    told = {(step.phone, step.email, step.person_id): receiver_of(step) for step in held.steps.filter(sent=True)}
    notify_each([Notice(receiver=one, text=text, record=held.pk) for one in told.values()], by=by)


def _withdraw_sight(held: Assignment) -> None:
    """Of what it was about, unless the unit has another order there. The order itself they may still see."""
    unit = held.to.pk if held.to.kind == "unit" else held.to.unit_id if held.to.kind == "team" else None
    if unit is None:
        return
    others = Assignment.objects.filter(about=held.about_id).exclude(state__in=ENDED).exclude(pk=held.pk)
    if not others.filter(to=unit).exists() and not others.filter(to__kind="team", to__unit=unit).exists():
        Share.objects.filter(record=held.about_id, unit=unit, why=ASSIGNED).delete()
