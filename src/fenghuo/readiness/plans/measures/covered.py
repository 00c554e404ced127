"""Coverage (四进): of those who must have a plan, below in the block or supervised in the line, who has it filed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import CharField, Count, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from fenghuo.kernel.access.models import Supervision, Unit
from fenghuo.kernel.access.models.regions import PATH_STEP
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.access.scoped import ABOVE_DIGITS
from fenghuo.kernel.measures.asking import Ask, Lack, Moment, Piece, Progress

from ..models import CoverageDay, Duty, DutyState
from ..words import plan_kind_name

BLOCK, LINE = "plans.covered", "plans.covered_in_line"
KEPT_FOR = timedelta(days=7)  # a day without its own count is told by the last one of the week before

type Counted = dict[str, list[int]]  # who → [asked, filed]
type Row = tuple[str, str, int, int]  # path or key of a department, who, asked, filed


def count(asks: Sequence[Ask], units: Sequence[Unit], moment: Moment) -> list[Mapping[int, Progress] | None]:
    """1 query. Of the past as it was counted at the end of that day, or not at all; by line never."""
    rows = list(_then(moment) if moment.past else _now(units, {ask.slug for ask in asks}))
    places = _by_place(row for row in rows if not row[0].startswith("#"))
    lines = _by_department(row for row in rows if row[0].startswith("#"))
    found = list[Mapping[int, Progress] | None]()
    for ask in asks:
        if moment.past and (ask.slug == LINE or not rows):
            found.append(None)
            continue
        found.append({unit.pk: _covered(ask, _of(ask, unit, places, lines)) for unit in units})
    return found


def _of(ask: Ask, unit: Unit, places: Mapping[str, Counted], lines: Mapping[int, Counted]) -> Counted:
    return lines.get(unit.pk, {}) if ask.slug == LINE else places.get(unit.region.path, {})


def _covered(ask: Ask, counted: Counted) -> Progress:
    whos = ask.words("who")
    rows = [row for who, row in counted.items() if not whos or who in whos]
    return Progress(sum(row[1] for row in rows), sum(row[0] for row in rows))


FILED = Q(state=DutyState.FILED)


def _now(units: Sequence[Unit], slugs: set[str]) -> Any:
    """By the place of the unit, and by "#" and the key of each department that supervises it, once each."""
    duties = Duty.objects.order_by()
    by_place: Any = duties.values_list("unit__record__block", "who").annotate(
        n=Count("pk"), m=Count("pk", filter=FILED)
    )
    departments = [unit.pk for unit in units if unit.kind == UnitKind.DEPARTMENT] if LINE in slugs else []
    if not departments:
        return by_place
    supervised = duties.filter(unit__supervisions__department__in=departments)
    key = Concat(Value("#"), Cast("unit__supervisions__department", CharField()))
    once = {"n": Count("pk", distinct=True), "m": Count("pk", filter=FILED, distinct=True)}
    return by_place.union(supervised.annotate(key=key).values_list("key", "who").annotate(**once), all=True).order_by()


def _then(moment: Moment) -> Any:
    kept = CoverageDay.objects.filter(day__lte=moment.day, day__gt=moment.day - KEPT_FOR, subject="")
    last = kept.order_by("-day").values("day")[:1]
    return kept.filter(day=Subquery(last)).values_list("region__path", "who", "asked", "filed")


def _by_place(rows: Iterable[Row]) -> Mapping[str, Counted]:
    """By the path of every place that holds them."""
    found: dict[str, Counted] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for path, who, asked, filed in rows:
        for length in range(PATH_STEP, len(path) + 1, PATH_STEP):
            row = found[path[:length]][who]
            row[0] += asked
            row[1] += filed
    return found


def _by_department(rows: Iterable[Row]) -> Mapping[int, Counted]:
    found: dict[int, Counted] = {}
    for key, who, asked, filed in rows:
        found.setdefault(int(key[1:]), {})[who] = [asked, filed]
    return found


def _duties_of(ask: Ask, unit: Unit) -> QuerySet[Duty]:
    if ask.slug == LINE:
        supervised = Supervision.objects.filter(department=unit).values("unit")
        found = Duty.objects.filter(unit__in=supervised)
    else:
        path = unit.region.path
        found = Duty.objects.filter(unit__record__block__gte=path, unit__record__block__lt=path + ABOVE_DIGITS)
    if whos := ask.words("who"):
        found = found.filter(who__in=whos)
    return found.select_related("unit", "plan__record").order_by("unit__code", "plan_kind")


def pieces(ask: Ask, unit: Unit, moment: Moment) -> list[Piece]:
    """Of the past only the figures were kept."""
    if moment.past:
        return []
    filed = _duties_of(ask, unit).filter(state=DutyState.FILED)
    return [
        Piece(one.plan_id, f"{one.plan.record.number} {one.plan.name}", one.unit.name, on=one.plan.filed_on)
        for one in filed
        if one.plan is not None and one.plan_id is not None
    ]


def lacks(ask: Ask, unit: Unit, moment: Moment) -> list[Lack]:
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
