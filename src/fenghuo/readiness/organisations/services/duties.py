"""A unit's duties on paper: the document that says what it must do in an emergency."""

from django.db import transaction

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.documents.models import Attachment
from fenghuo.kernel.documents.services import Staged, attach, detach
from fenghuo.kernel.registry.services.keeping import require_keeping

ACTION = "registry.keep"


@transaction.atomic
def attach_duty(unit: Unit, staged: Staged, *, by: Actor, note: str = "") -> Attachment:
    """Raises: NotFound, NotAllowed."""
    require_keeping(by, ACTION, unit)
    return attach(unit, staged, by=by, action=ACTION, note=note)


@transaction.atomic
def detach_duty(unit: Unit, pk: int, *, by: Actor, reason: str) -> Attachment:
    """Raises: NotFound, NotAllowed, Invalid (no reason)."""
    require_keeping(by, ACTION, unit)
    return detach(unit, pk, by=by, action=ACTION, reason=reason)
