"""Asking the chain: the first at once, the others when their moment comes and nobody has answered."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.messaging.receivers import Receiver
from fenghuo.kernel.messaging.services import Notice, notify_each

from ..models import Assignment, State, Step, StepKind
from .links import make_links
from .telling import tell

MOST_AT_ONCE = 50


def ask(steps: Sequence[Step], *, by: Actor) -> None:
    """Write to these contacts; a step that leads back to the desk marks the order. In the caller's transaction."""
    now = timezone.now()
    written = [step for step in steps if step.kind != StepKind.DESK]
    if written:
        addresses = make_links(written, now)
        issuers = _names({step.assignment.issuer_id for step in written})
        notices = [
            Notice(
                receiver=receiver_of(step),
                text=message_text(step, issuers.get(step.assignment.issuer_id)),
                record=step.assignment_id,
                link=addresses[step.pk],
            )
            for step in written
        ]
        notify_each(notices, by=by)
    for step in steps:
        step.done_at, step.sent = now, step.kind != StepKind.DESK
    Step.objects.bulk_update(steps, ["done_at", "sent"])
    for step in steps:
        if step.kind == StepKind.DESK:
            Assignment.objects.filter(pk=step.assignment_id).update(escalated_at=now)
            tell("escalated", step.assignment, SYSTEM)


def do_due_steps(now: datetime | None = None) -> int:
    """Do what is due in all chains; how many steps were claimed. Each in a transaction of its own."""
    now = now or timezone.now()
    due = Step.objects.filter(done_at__isnull=True, due_at__lte=now).order_by("due_at", "pk")
    claimed = 0
    for pk in list(due.values_list("pk", flat=True)[:MOST_AT_ONCE]):
        claimed += _do(pk, now)
    return claimed


@transaction.atomic
def _do(pk: int, now: datetime) -> int:
    """Whoever changes the row does it. The order is held first, as every answer does: the other way round an answer
    at this moment and this would wait for each other for ever.
    """
    step = Step.objects.select_related("assignment").get(pk=pk)
    step.assignment = Assignment.objects.select_related("record", "about", "to").lock(step.assignment)
    if Step.objects.filter(pk=pk, done_at__isnull=True).update(done_at=now) != 1:
        return 0
    if step.assignment.state != State.SENT:
        return 1  # answered meanwhile: not needed
    ask([step], by=SYSTEM)
    if step.kind != StepKind.DESK:
        tell("asked", step.assignment, SYSTEM, public={"kind": step.kind}, private={"name": step.name})
    return 1


def receiver_of(step: Step) -> Receiver:
    return Receiver(
        name=step.name,
        person_id=step.person_id,
        phone=step.phone,
        email=step.email,
    )


def _names(units: set[int | None]) -> dict[int | None, str]:
    rows = Unit.objects.filter(pk__in=units - {None}).values_list("pk", "short_name", "name")
    return {pk: short or name for pk, short, name in rows}


def message_text(step: Step, issuer: str | None) -> str:
    """As it is sent: who orders what, how to answer with one digit, and the link. In the county's language."""
    one = step.assignment
    with translation.override(settings.LANGUAGE_CODE):
        said = {
            "issuer": issuer or _("Emergency office"),
            "code": one.record.number[-4:],
            "text": one.text.rstrip("。.;； \n"),
            "again": _("Reminder. ") if step.kind == StepKind.REMINDER else "",
        }
        if not one.needs_ack:
            return _("%(issuer)s: %(again)s%(text)s {link}") % said
        return (
            _("%(issuer)s, order %(code)s: %(again)s%(text)s. Reply 1 on the way, 2 later, 3 cannot come; more: {link}")
            % said
        )
