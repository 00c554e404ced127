"""Proofs as far as an actor may see them."""

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require

from ..models import Proof


def proof_by(actor: Actor, number: str) -> Proof:
    """Raises: NotFound, also for what may not be seen."""
    require(actor, "workplans.read")
    found = Proof.objects.visible_to(actor).select_related("record__unit__region", "record__region")
    one = found.filter(record__number=number.replace("\x00", "")).first()
    if one is None:
        raise NotFound(_("There is no such document, or you may not see it."))
    return one
