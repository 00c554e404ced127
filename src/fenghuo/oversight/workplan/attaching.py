"""The files of a proof hang on the proof itself."""

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotAllowed, WrongState
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.documents.holding import holds_files
from fenghuo.kernel.registry.services.keeping import keeps


def _may(pk: int, by: Actor) -> bool:
    held = Record.objects.select_related("unit__region").get(pk=pk)
    return held.archived_at is None and held.unit is not None and by.may("proofs.write") and keeps(by, held.unit)


def _check(pk: int, by: Actor) -> None:
    """Raises: NotAllowed, WrongState."""
    held = Record.objects.select_for_update(of=("self",)).select_related("unit__region").get(pk=pk)
    if held.archived_at is not None:
        raise WrongState(_("It is in the archive."))
    if held.unit is None or not keeps(by, held.unit):
        raise NotAllowed(_("Only its own unit and the authorities above that may change it."))


holds_files("workplan_proof", write="proofs.write", check=_check, may=_may)
