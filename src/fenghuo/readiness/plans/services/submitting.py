"""Filing a plan (备案): it goes up as the papers that its owner's duties name; filed when all have accepted it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.documents.kinds import PICTURES
from fenghuo.kernel.documents.models import Attachment
from fenghuo.kernel.submissions.kinds import Course, Enclosed, rules
from fenghuo.kernel.submissions.models import Submission
from fenghuo.kernel.submissions.services import submit
from fenghuo.standards.plan_kinds import PLAN_KINDS
from fenghuo.standards.submission_kinds import SubmissionRule

from ..duties import rules_in_force
from ..models import Duty, Plan, PlanPaper, PlanState
from ..states import PLAN_STATES
from .filing import PAPERS, file_now
from .keeping import begin, locked, owner_of

ISSUED, ELECTRONIC = "issued_text", "electronic_text"


def filing_rules(plan: Plan) -> list[SubmissionRule]:
    """As which papers it goes up: what the duties of its owner say of this kind of plan, else what its kind says."""
    owner, today = owner_of(plan), timezone.localdate()
    named = Duty.objects.filter(unit=owner, plan_kind=plan.kind).values_list("rules", flat=True).first()
    asked = set((named or "").split())
    kinds = [kind for duty in rules_in_force() if duty.id in asked for kind in duty.files_as]
    if not kinds and plan.kind in PLAN_KINDS:
        kinds = list(PLAN_KINDS[plan.kind].files_as)
    found = [rules().choose(kind, today, owner.region.code) for kind in dict.fromkeys(kinds)]
    return [rule for rule in found if rule is not None and owner.kind in rule.senders]


@transaction.atomic
def file_plan(plan: Plan, *, by: Actor, on_paper: Sequence[str] = (), partly: bool = False) -> list[Submission]:
    """Send it to all with whom it is filed, in one act. `on_paper`: items of the checklist that lie there on paper.

    `partly`: where nobody is there to receive it yet, that stays as a visible gap. Raises: NotFound, NotAllowed,
    WrongState, Conflict (sent already), Invalid (no paper, no rule; what is lacking), NoReceiver.
    """
    plan = begin(plan, by=by)
    kinds = [rule.id for rule in filing_rules(plan)]
    if not kinds:
        said = _("no rule says with whom a plan of this kind is filed; the county can set it in plan_duties.csv")
        raise Invalid(Fault("kind", said, plan.kind))
    inside = [*enclosed(plan.record), *(Enclosed(item) for item in on_paper)]
    return submit(plan, kinds, by=by, enclosed=[*inside, *_others(plan, inside)], partly=partly)


def check(paper: Record, _by: Actor) -> None:
    """Whether it may be sent now. Raises: WrongState, Invalid (nothing lies in it)."""
    plan = Plan.objects.get(pk=paper.pk)
    PLAN_STATES.check(plan.state, "file")
    if not Attachment.objects.filter(record=paper, removed_at=None).exists():
        raise Invalid(Fault("file", _("attach the plan first: a PDF, a Word file or a photo of the paper")))


def settle(paper: Record, courses: Sequence[Course], by: Actor, at: datetime) -> None:
    """Filed as soon as every course of it is accepted; a withdrawn one counts no longer."""
    going = [course for course in courses if course.under_way or course.accepted]
    if not going or not all(course.accepted for course in going):
        return
    plan = locked(Plan.objects.get(pk=paper.pk))
    if plan.state != PlanState.DRAFTED:
        return
    last = max((course.settled_at for course in going if course.settled_at is not None), default=at)
    file_now(plan, timezone.localdate(last), by=by, how=PAPERS)


def enclosed(paper: Record) -> list[Enclosed]:
    """Which of its files stand for which item: as somebody said, else the first is the text, and an electronic one."""
    files = list(Attachment.objects.filter(record=paper, removed_at=None).select_related("content").order_by("pk"))
    said = dict(PlanPaper.objects.filter(plan=paper.pk).values_list("attachment", "item"))
    found = [Enclosed(said[file.pk], file.pk) for file in files if file.pk in said]
    there = {one.item for one in found}
    free = [file for file in files if file.pk not in said]
    text = [file for file in files if file.content.kind not in PICTURES]
    if ISSUED not in there and free:
        found += [Enclosed(ISSUED, file.pk) for file in (free[:1] if text else free)]
    if ELECTRONIC not in there and text:
        found.append(Enclosed(ELECTRONIC, text[0].pk))
    return found


@transaction.atomic
def name_paper(plan: Plan, attachment: Attachment, *, by: Actor, item: str) -> None:
    """Say for which item of the checklist a file stands; "" takes it back. Raises: NotFound, NotAllowed, Invalid."""
    plan = begin(plan, by=by)
    if attachment.record_id != plan.pk:
        raise Conflict(_("This file belongs to something else."))
    known = {name for rule in filing_rules(plan) for name in rule.papers}
    if item and item not in known:
        raise Invalid(Fault("item", _("is no item of a checklist"), item[:50]))
    PlanPaper.objects.filter(attachment=attachment).delete()
    if item:
        PlanPaper.objects.create(attachment=attachment, plan=plan, item=item)


def lacking_items(plan: Plan) -> list[str]:
    """Items that the receivers need and no file stands for."""
    there = {one.item for one in enclosed(plan.record)}
    needed = dict.fromkeys(item for rule in filing_rules(plan) for item in rule.needed)
    return [item for item in needed if item not in there]


def may_file(plan: Plan, by: Actor) -> bool:
    """For pages: whether to offer it."""
    return (
        plan.state == PlanState.DRAFTED
        and plan.record.archived_at is None
        and by.may("submissions.file")
        and by.unit_id == plan.record.unit_id
    )


def _others(plan: Plan, inside: Sequence[Enclosed]) -> list[Enclosed]:
    """Its files that stand for nothing of the checklist lie in it too."""
    named = {one.attachment for one in inside}
    files = Attachment.objects.filter(~Q(pk__in=[pk for pk in named if pk]), record=plan.pk, removed_at=None)
    return [Enclosed("", pk) for pk in files.order_by("pk").values_list("pk", flat=True)]
