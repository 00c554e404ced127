"""The papers of a plan hang on the plan itself, for as long as it may be changed."""

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.documents.holding import holds_files
from fenghuo.kernel.documents.models import Attachment
from fenghuo.kernel.documents.services import Staged

from .models import Plan
from .services import attach_paper, detach_paper, may_change


def _plan(pk: int) -> Plan:
    return Plan.objects.select_related("record__unit__region").get(pk=pk)


def _attach(pk: int, staged: Staged, by: Actor, note: str) -> Attachment:
    return attach_paper(_plan(pk), staged, by=by, note=note)


def _detach(pk: int, file: int, by: Actor, reason: str) -> Attachment:
    return detach_paper(_plan(pk), file, by=by, reason=reason)


def _may(pk: int, by: Actor) -> bool:
    plan = _plan(pk)
    return may_change(by, plan) and plan.record.archived_at is None


holds_files("plan", write="plans.write", attach=_attach, detach=_detach, may=_may)

from .checks import attaching as _checks  # noqa: E402, F401  (registers itself)
