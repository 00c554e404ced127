"""The duties of a unit on paper hang on the unit itself."""

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.documents.holding import holds_files
from fenghuo.kernel.documents.models import Attachment
from fenghuo.kernel.documents.services import Staged
from fenghuo.kernel.registry.services import may_keep_unit
from fenghuo.kernel.registry.services.keeping import require_keeping

from .services import attach_duty, detach_duty
from .services.duties import ACTION


def _unit(pk: int) -> Unit:
    return Unit.objects.select_related("region").get(pk=pk)


def _check(pk: int, by: Actor) -> None:
    require_keeping(by, ACTION, _unit(pk))


def _attach(pk: int, staged: Staged, by: Actor, note: str) -> Attachment:
    return attach_duty(_unit(pk), staged, by=by, note=note)


def _detach(pk: int, file: int, by: Actor, reason: str) -> Attachment:
    return detach_duty(_unit(pk), file, by=by, reason=reason)


def _may(pk: int, by: Actor) -> bool:
    unit = _unit(pk)
    return may_keep_unit(by, unit) and unit.valid_to is None


holds_files("unit", write=ACTION, check=_check, attach=_attach, detach=_detach, may=_may)
