"""Plans of a unit: those in force, and those that were filed within a time."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.measures.asking import Ask, Lack, Moment, Piece, Progress
from fenghuo.kernel.measures.past import archived, last_verbs
from fenghuo.kernel.measures.windows import Windows

from ..models import Plan, PlanState
from ..words import plan_kind_name

EVER_FILED = (PlanState.FILED, PlanState.DUE, PlanState.REPLACED)
VALID, FILED = "plans.valid", "plans.filed"


def _plans(moment: Moment) -> QuerySet[Plan]:
    """Those that were ever filed, without what lay in the archive then."""
    found = Plan.objects.filter(state__in=EVER_FILED, filed_on__isnull=False, record__exercise=False)
    if not moment.past:
        return found.filter(record__archived_at=None)
    return found.exclude(pk__in=archived(moment))


def _valid(moment: Moment) -> Q:
    """Filed, not due for review, not replaced: now by the state, then by days and by what the journal tells."""
    if not moment.past:
        return Q(state=PlanState.FILED)
    last = last_verbs(("plan.fell_due", "plan.extended", "plan.replaced"), moment)
    over = [plan for plan, verb in last.items() if verb != "plan.extended"]
    return Q(filed_on__lte=moment.day) & (Q(next_due=None) | Q(next_due__gte=moment.day)) & ~Q(pk__in=over)


def count_plans(asks: Sequence[Ask], _units: Sequence[Unit], moment: Moment) -> list[Mapping[int, Progress]]:
    """Plans by their owner. 1 query, of the past 3."""
    windows = Windows(asks, moment, days=True)
    valid = Count("pk", filter=_valid(moment))
    rows = _plans(moment).filter(filed_on__lt=windows.end).order_by()
    grouped = rows.values_list("record__unit", "kind", windows.by("filed_on")).annotate(n=Count("pk"), valid=valid)
    found: list[dict[int, Progress]] = [{} for _ask in asks]
    slots = [set(windows.slots(ask)) for ask in asks]
    for unit, kind, slot, filed, in_force in grouped:
        for place, ask in enumerate(asks):
            kinds = ask.words("kind")
            if kinds and kind not in kinds:
                continue
            many = in_force if ask.slug == VALID else filed if slot in slots[place] else 0
            before = found[place].get(unit)
            found[place][unit] = Progress(many + (before.value if before else 0))
    return list(found)


def plan_pieces(ask: Ask, unit: Unit, moment: Moment) -> list[Piece]:
    found = Plan.objects.filter(record__unit=unit, state__in=EVER_FILED, filed_on__lte=moment.day)
    found = found.filter(record__exercise=False)
    if kinds := ask.words("kind"):
        found = found.filter(kind__in=kinds)
    if ask.slug == FILED:
        first, until = timezone.localdate(ask.since), timezone.localdate(ask.until)
        found = found.filter(filed_on__gte=first, filed_on__lt=until)
    there = set(_plans(moment).filter(record__unit=unit).values_list("pk", flat=True))
    if ask.slug == VALID:
        there &= set(found.filter(_valid(moment)).values_list("pk", flat=True))
    return [_piece(one, counts=one.pk in there) for one in found.select_related("record").order_by("filed_on", "pk")]


def _piece(plan: Plan, *, counts: bool) -> Piece:
    gone = plan.record.archived_at
    why, ended = "", None
    if not counts:
        ended = timezone.localdate(gone) if gone else plan.next_due
        why = _("put into the archive") if gone else _("due for review, or replaced")
    title = f"{plan.record.number} {plan.name}"
    return Piece(plan.pk, title, plan_kind_name(plan.kind), on=plan.filed_on, ended_on=ended, why=why)


def plan_lacks(ask: Ask, unit: Unit, moment: Moment) -> list[Lack]:
    drafted = Plan.objects.filter(record__unit=unit, state=PlanState.DRAFTED, record__archived_at=None)
    kinds = ask.words("kind")
    if kinds:
        drafted = drafted.filter(kind__in=kinds)
    rows = drafted.select_related("record").order_by("pk")
    found = [
        Lack(f"{one.record.number} {one.name}", note=_("drafted, not filed yet"), record=one.pk)
        for one in (rows if not moment.past else rows.none())
    ]
    named = "、".join(plan_kind_name(kind) for kind in kinds) or _("plan")
    said = _("%(kind)s that is filed in this time") if ask.slug == FILED else _("%(kind)s that is filed and in force")
    return found or [Lack(said % {"kind": named}, address=reverse("registers:new", args=["plans"]))]
