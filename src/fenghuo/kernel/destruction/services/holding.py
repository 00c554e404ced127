"""Holds (封存): a record that must be kept, whatever orders and rules say."""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.journal.recording import record

from ..models import Hold
from ..rooms import kinds


@transaction.atomic
def hold_record(subject: models.Model, *, by: Actor, reason: str) -> Hold:
    """Nothing of it, and of what belongs to it, is destroyed until the hold is lifted (ERL24 art. 85: evidence,
    evaluation).

    Raises: NotFound, NotAllowed, Conflict (held already), WrongState (no order could name it), Invalid (no reason).
    """
    require(by, "destruction.hold", subject)
    held = Record.objects.lock(Record.objects.get(pk=subject.pk))
    if held.kind not in kinds():
        raise WrongState(_("Nothing of this kind is ever destroyed by an order: it needs no hold."))
    if not reason.strip():
        raise Invalid(Fault("reason", _("say why it must be kept"), reason))
    if Hold.objects.filter(target=held, lifted_at__isnull=True).exists():
        raise Conflict(_("It is held already."))
    made = Hold.objects.create(target=held, reason=reason.strip()[:500], held_by_id=by.post_id, held_at=timezone.now())
    record("destruction.held", by, about=[held], private={"reason": made.reason})
    return made


@transaction.atomic
def lift_hold(subject: models.Model, *, by: Actor, reason: str) -> Hold:
    """It need not be kept any more. Raises: NotFound, NotAllowed, WrongState (not held), Invalid (no reason)."""
    require(by, "destruction.hold", subject)
    if not reason.strip():
        raise Invalid(Fault("reason", _("say why it need not be kept any more"), reason))
    held = Hold.objects.select_for_update().filter(target=subject.pk, lifted_at__isnull=True).first()
    if held is None:
        raise WrongState(_("It is not held."))
    held.lifted_at, held.lifted_by_id = timezone.now(), by.post_id
    held.save(update_fields=["lifted_at", "lifted_by"])
    record("destruction.hold_lifted", by, about=[subject], private={"reason": reason.strip()[:2000]})
    return held
