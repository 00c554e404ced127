"""What plans count towards a promise: those in force, those filed within a time, and coverage (四进)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.models import Supervision, Unit
from fenghuo.kernel.access.models.regions import PATH_STEP
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.access.scoped import ABOVE_DIGITS
from fenghuo.kernel.measures.asking import Ask, Lack, Moment, Piece, Progress
from fenghuo.kernel.measures.past import archived_at, last_verbs
from fenghuo.kernel.measures.registering import Measure, Option, add
from fenghuo.kernel.measures.windows import Windows

from .models import CheckRound, CoverageDay, Duty, DutyState, Plan, PlanState
from .words import WHO_WORDS, plan_kind_choices, plan_kind_name

EVER_FILED = (PlanState.FILED, PlanState.DUE, PlanState.REPLACED)
KEPT_FOR = timedelta(days=7)  # a day without its own count is told by one of the week before
VALID, FILED, COVERED = "plans.valid", "plans.filed", "plans.covered"


def _plans(moment: Moment) -> QuerySet[Plan]:
    """Those that were ever filed, without what lay in the archive then."""
    found = Plan.objects.filter(state__in=EVER_FILED, filed_on__isnull=False, record__exercise=False)
    if not moment.past:
        return found.filter(record__archived_at=None)
    return found.exclude(pk__in=archived_at(["plan"], moment.at))


def _valid(moment: Moment) -> Q:
    """Filed, not due for review, not replaced: now by the state, then by days and by what the journal tells."""
    if not moment.past:
        return Q(state=PlanState.FILED)
    last = last_verbs(("plan.fell_due", "plan.extended", "plan.replaced"), moment.at)
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
    archived = plan.record.archived_at
    why, ended = "", None
    if not counts:
        ended = timezone.localdate(archived) if archived else plan.next_due
        why = _("put into the archive") if archived else _("due for review, or replaced")
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


def count_covered(
    asks: Sequence[Ask], units: Sequence[Unit], moment: Moment
) -> list[Mapping[int, Progress]] | list[None]:
    """Of those below in the block, or supervised in the line, who must have a plan: who has it filed and in force.

    At most 2 queries. Of the past as it was counted at the end of that day, or not at all.
    """
    by_place = _places_now() if not moment.past else _places_then(moment)
    if by_place is None:
        return [None for _ask in asks]
    departments = [unit.pk for unit in units if unit.kind == UnitKind.DEPARTMENT]
    by_department = _lines_now(departments) if departments and not moment.past else {}
    return [{unit.pk: _covered(ask, unit, by_place, by_department) for unit in units} for ask in asks]


type Counted = dict[str, list[int]]  # who → [asked, filed]


def _covered(ask: Ask, unit: Unit, by_place: Mapping[str, Counted], lines: Mapping[int, Counted]) -> Progress:
    counted = lines.get(unit.pk, {}) if unit.kind == UnitKind.DEPARTMENT else by_place.get(unit.region.path, {})
    whos = ask.words("who")
    rows = [row for who, row in counted.items() if not whos or who in whos]
    return Progress(sum(row[1] for row in rows), sum(row[0] for row in rows))


def _places_now() -> dict[str, Counted]:
    """By the path of every place that holds them."""
    rows = Duty.objects.order_by().values_list("unit__record__block", "who").annotate(n=Count("pk"), filed=_FILED)
    return _by_place(rows)


_FILED = Count("pk", filter=Q(state=DutyState.FILED))


def _places_then(moment: Moment) -> dict[str, Counted] | None:
    kept = CoverageDay.objects.filter(day__lte=moment.day, day__gt=moment.day - KEPT_FOR, subject="")
    day = kept.aggregate(last=Max("day"))["last"]
    if day is None:
        return None
    return _by_place(kept.filter(day=day).values_list("region__path", "who", "asked", "filed"))


def _by_place(
    rows: QuerySet[Duty, tuple[str, str, int, int]] | QuerySet[CoverageDay, tuple[str, str, int, int]],
) -> dict[str, Counted]:
    found: dict[str, Counted] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for path, who, asked, filed in rows:
        for length in range(PATH_STEP, len(path) + 1, PATH_STEP):
            row = found[path[:length]][who]
            row[0] += asked
            row[1] += filed
    return found


def _lines_now(departments: Sequence[int]) -> dict[int, Counted]:
    """A unit that a department supervises for two subjects counts once."""
    duties = Duty.objects.filter(unit__supervisions__department__in=departments).order_by()
    rows = duties.values_list("unit__supervisions__department", "who")
    found: dict[int, Counted] = {}
    distinct = Count("pk", distinct=True)
    for unit, who, asked, filed in rows.annotate(
        n=distinct, filed=Count("pk", filter=Q(state=DutyState.FILED), distinct=True)
    ):
        found.setdefault(unit, {})[who] = [asked, filed]
    return found


def _duties_of(ask: Ask, unit: Unit) -> QuerySet[Duty]:
    if unit.kind == UnitKind.DEPARTMENT:
        supervised = Supervision.objects.filter(department=unit).values("unit")
        found = Duty.objects.filter(unit__in=supervised)
    else:
        path = unit.region.path
        found = Duty.objects.filter(unit__record__block__gte=path, unit__record__block__lt=path + ABOVE_DIGITS)
    if whos := ask.words("who"):
        found = found.filter(who__in=whos)
    return found.select_related("unit", "plan__record").order_by("unit__code", "plan_kind")


def covered_pieces(ask: Ask, unit: Unit, moment: Moment) -> list[Piece]:
    """Of the past only the figures were kept."""
    if moment.past:
        return []
    filed = _duties_of(ask, unit).filter(state=DutyState.FILED)
    return [
        Piece(one.plan_id, f"{one.plan.record.number} {one.plan.name}", one.unit.name, on=one.plan.filed_on)
        for one in filed
        if one.plan is not None and one.plan_id is not None
    ]


def covered_lacks(ask: Ask, unit: Unit, moment: Moment) -> list[Lack]:
    if moment.past:
        return []
    lacking = _duties_of(ask, unit).exclude(state=DutyState.FILED)
    return [
        Lack(
            one.unit.name,
            address=reverse("plans:plan", args=[one.plan.record.number])
            if one.plan is not None
            else reverse("plans:lacking") + f"?q={one.unit.code}",
            note=f"{plan_kind_name(one.plan_kind)} · {one.get_state_display()}",
            record=one.unit_id,
        )
        for one in lacking
    ]


def count_rounds(asks: Sequence[Ask], _units: Sequence[Unit], moment: Moment) -> list[Mapping[int, Progress]]:
    """Checks on the spot whose sample was drawn in the time, by their organiser. 1 query."""
    windows = Windows(asks, moment)
    rows = CheckRound.objects.filter(drawn_at__gte=windows.begin, drawn_at__lt=windows.end, record__exercise=False)
    found: list[dict[int, Progress]] = [{} for _ask in asks]
    slots = [set(windows.slots(ask)) for ask in asks]
    for unit, slot in rows.order_by().values_list("record__unit", windows.by("drawn_at")):
        for place in range(len(asks)):
            if slot in slots[place]:
                before = found[place].get(unit, Progress(0))
                found[place][unit] = Progress(before.value + 1)
    return list(found)


def round_pieces(ask: Ask, unit: Unit, moment: Moment) -> list[Piece]:
    rows = CheckRound.objects.filter(record__unit=unit, record__exercise=False, drawn_at__gte=ask.since)
    return [
        Piece(one.pk, f"{one.record.number} {one.record.title}", on=timezone.localdate(one.drawn_at))
        for one in rows.filter(drawn_at__lt=min(ask.until, moment.at)).select_related("record").order_by("drawn_at")
    ]


def round_lacks(_ask: Ask, _unit: Unit, _moment: Moment) -> list[Lack]:
    return [Lack(_("a check of plans whose sample is drawn"), reverse("plans:check_rounds"))]


KIND = Option("kind", gettext_lazy("Kinds of plan"), lambda: dict(plan_kind_choices()), several=True)
WHOS = Option("who", gettext_lazy("Whose plans"), lambda: WHO_WORDS, several=True)

add(
    Measure(
        VALID, gettext_lazy("plans that are filed and in force"), count_plans, plan_pieces, plan_lacks, options=(KIND,)
    ),
    Measure(FILED, gettext_lazy("plans filed in the time"), count_plans, plan_pieces, plan_lacks, options=(KIND,)),
    Measure(
        COVERED,
        gettext_lazy("share of those who must have a plan and have it filed"),
        count_covered,
        covered_pieces,
        covered_lacks,
        share=True,
        options=(WHOS,),
    ),
    Measure("plans.check_rounds", gettext_lazy("checks of plans on the spot"), count_rounds, round_pieces, round_lacks),
)
