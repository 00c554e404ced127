"""The five answers of a grassroots plan, and the draft that keeps what was typed until it can be filed."""

from collections.abc import Iterator
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.given import text_faults
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.documents.models import Attachment
from fenghuo.kernel.documents.services import Staged, attach, detach
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.registry.naming import spoken
from fenghuo.kernel.registry.services.keeping import require_keeping
from fenghuo.standards.telephones import read_telephone

from ..models import Plan, PlanAnswers, PlanState
from .keeping import begin, touch
from .registering import create_plan
from .values import PlanValues

MOST = {"dangers": 500, "responsible": 60, "phone": 32, "warning": 500, "shelter": 500, "people": 500}


class Answers(TypedDict, total=False):
    """As typed; what is absent is left as it is."""

    dangers: str
    responsible: str
    phone: str
    warning: str
    shelter: str
    people: str


def kind_for(unit: Unit) -> str:
    """The kind of plan that such a unit writes on one page."""
    return "grassroots" if unit.kind in (UnitKind.COMMITTEE, UnitKind.TOWNSHIP) else "unit"


def open_draft(unit: Unit, kind: str) -> Plan | None:
    """The newest draft of this kind that its owner is still at work on."""
    found = Plan.objects.filter(record__unit=unit, record__archived_at=None, kind=kind, state=PlanState.DRAFTED)
    return found.select_related("record__unit__region").order_by("-pk").first()


@transaction.atomic
def keep_draft(unit: Unit, *, by: Actor, answers: Answers) -> Plan:
    """The unit's draft with these answers, begun if there is none. Nothing is asked of it yet but that it can be kept.

    A plan that is filed stays in force, and the draft is its next edition. Raises: NotAllowed, Invalid.
    """
    require_keeping(by, "plans.write", unit)
    kind = kind_for(unit)
    plan = open_draft(unit, kind)
    if plan is None:
        before = Plan.objects.filter(record__unit=unit, record__archived_at=None, kind=kind)
        before = before.filter(state__in=(PlanState.FILED, PlanState.DUE)).select_related("record").order_by("-pk")
        old = before.first()
        said = PlanValues(name=_name(unit), kind=kind, edition=old.edition + 1 if old else 1)
        plan = create_plan(by=by, unit=unit, replaces=old, **said)
    set_answers(plan, by=by, answers=answers)
    return plan


@transaction.atomic
def set_answers(plan: Plan, *, by: Actor, answers: Answers) -> PlanAnswers:
    """Raises: NotFound, NotAllowed, WrongState, Invalid."""
    plan = begin(plan, by=by)
    texts = {name: str(text).strip() for name, text in answers.items()}
    faults = [fault for name, text in texts.items() for fault in text_faults(name, text, MOST[name])]
    if faults:
        raise Invalid(*faults)
    if texts.get("phone"):
        texts["phone"] = read_telephone(texts["phone"]) or texts["phone"]
    kept, _made = PlanAnswers.objects.get_or_create(plan=plan)
    changed = sorted(name for name, text in texts.items() if getattr(kept, name) != text)
    if not changed:
        return kept
    for name in changed:
        setattr(kept, name, texts[name])
    kept.save(update_fields=changed)
    touch(plan, by)
    record("plan.answered", by, about=[plan], public={"fields": changed})
    return kept


def answer_faults(kept: PlanAnswers) -> Iterator[Fault]:
    """What is lacking before it can be filed."""
    for name in ("dangers", "responsible", "phone", "warning", "shelter", "people"):
        if not getattr(kept, name).strip():
            yield Fault(name, _("please answer; if there is none, write “none”"))
    if kept.phone and read_telephone(kept.phone) is None:
        said = _("is no telephone number: digits, with spaces or hyphens, for example 029-84812345")
        yield Fault("phone", said, kept.phone)


@transaction.atomic
def attach_paper(plan: Plan, staged: Staged, *, by: Actor, note: str = "") -> Attachment:
    """Raises: NotFound, NotAllowed, WrongState."""
    plan = begin(plan, by=by)
    return attach(plan, staged, by=by, action="plans.write", note=note)


@transaction.atomic
def detach_paper(plan: Plan, pk: int, *, by: Actor, reason: str) -> Attachment:
    """Raises: NotFound, NotAllowed, WrongState, Invalid (no reason)."""
    plan = begin(plan, by=by)
    return detach(plan, pk, by=by, action="plans.write", reason=reason)


def _name(unit: Unit) -> str:
    """In the county's language, whoever writes it: papers are in Chinese."""
    with override("zh-hans"):
        return _("%(unit)s emergency plan") % {"unit": spoken(unit.name)[:100]}
