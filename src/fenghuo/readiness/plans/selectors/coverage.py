"""Coverage (四进): how many must have a plan and have it, by block, by line and by kind of unit. One query each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Length, Substr
from django.db.models.lookups import LessThan

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.access.models.regions import PATH_STEP
from fenghuo.kernel.access.scoped import ABOVE_DIGITS, visible
from fenghuo.kernel.access.sight import Sight
from fenghuo.kernel.registry.selectors import home_region
from fenghuo.standards.plan_duties import ENTRIES, WHO
from fenghuo.standards.subjects import SUBJECTS

from ..models import Duty, DutyState


@dataclass(slots=True)
class Cell:
    """How many plans must be there, by how they stand."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, state: str, count: int) -> None:
        self.counts[state] = self.counts.get(state, 0) + count

    @property
    def asked(self) -> int:
        return sum(self.counts.values())

    @property
    def filed(self) -> int:
        return self.counts.get(DutyState.FILED, 0)

    @property
    def due(self) -> int:
        return self.counts.get(DutyState.DUE, 0)

    @property
    def drafted(self) -> int:
        return self.counts.get(DutyState.DRAFTED, 0)

    @property
    def none(self) -> int:
        return self.counts.get(DutyState.NONE, 0)

    @property
    def lacking(self) -> int:
        return self.asked - self.filed

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down, so that 100 means that nothing is lacking; None when nothing is asked."""
        return 100 * self.filed // self.asked if self.asked else None


type Rows[K] = list[tuple[K, Mapping[str, Cell], Cell]]  # what the row is of, its cells by who, its sum


@dataclass(frozen=True, slots=True)
class Coverage:
    """`columns`: words of WHO that there are. `towns`: by place, None for what lies in no town; `lines`: by subject.

    A unit with several supervising departments counts in each of their lines, so that lines have no sum.
    """

    columns: tuple[str, ...]
    towns: Rows[Region | None]
    lines: Rows[str]
    total: Mapping[str, Cell]
    whole: Cell
    entries: Cell


def duties(actor: Actor) -> QuerySet[Duty]:
    """Of the units that the actor may see."""
    require(actor, "plans.read")
    return Duty.objects.filter(visible(actor, "unit__record__"))


def coverage(actor: Actor) -> Coverage:
    """How it stands now. 4 queries, whatever the number of units and plans."""
    found = duties(actor)
    home = home_region()
    length = len(home.path) + PATH_STEP if home else PATH_STEP
    by_town, total, whole, entries = dict[str, dict[str, Cell]](), dict[str, Cell](), Cell(), Cell()
    for path, who, state, count in counted(found, Substr("unit__record__block", 1, length)):
        place = path if len(path) == length else ""
        by_town.setdefault(place, {}).setdefault(who, Cell()).add(state, count)
        total.setdefault(who, Cell()).add(state, count)
        whole.add(state, count)
        if who in ENTRIES:
            entries.add(state, count)
    regions = {region.path: region for region in Region.objects.filter(path__in=[path for path in by_town if path])}
    towns: Rows[Region | None] = [
        (regions.get(path), cells, _sum(cells.values()))
        for path, cells in sorted(by_town.items(), key=lambda row: (not row[0], row[0]))
    ]
    columns = tuple(who for who in WHO if who in total)
    return Coverage(columns, towns, _lines(found, actor), total, whole, entries)


def counted(found: QuerySet[Duty], by: Any) -> QuerySet[Duty, tuple[Any, str, str, int]]:
    """(value of `by`, who, state, how many), one query."""
    grouped = found.order_by().annotate(by_value=by).values_list("by_value", "who", "state")
    return grouped.annotate(n=Count("pk"))


def _lines(found: QuerySet[Duty], actor: Actor) -> Rows[str]:
    """A department that sees by line is told of its own lines only."""
    by_line: dict[str, dict[str, Cell]] = {}
    supervised = found.filter(unit__supervisions__isnull=False)
    for subject, who, state, count in counted(supervised, F("unit__supervisions__subject")):
        if actor.sight is Sight.LINE and subject not in actor.subjects:
            continue
        by_line.setdefault(subject, {}).setdefault(who, Cell()).add(state, count)
    return [(subject, by_line[subject], _sum(by_line[subject].values())) for subject in SUBJECTS if subject in by_line]


def _sum(cells: Iterable[Cell]) -> Cell:
    summed = Cell()
    for cell in cells:
        for state, count in cell.counts.items():
            summed.add(state, count)
    return summed


def lacking(
    actor: Actor, *, region: str = "", subject: str = "", who: str = "", state: str = "", text: str = ""
) -> QuerySet[Duty]:
    """Duties that no valid, filed plan fulfils, what is there least first, by place. `state`: only those in it, also
    filed ones. `region`: a code, that place and all below; "-" for what lies in no town. `subject`: a line.
    """
    found = duties(actor)
    found = found.filter(state=state) if state in DutyState.values else found.exclude(state=DutyState.FILED)
    if who in WHO:
        found = found.filter(who=who)
    if region:
        found = found.filter(_inside(region))
    if subject:
        found = found.filter(unit__supervisions__subject=subject)
    if words := text.strip():
        found = found.filter(Q(unit__name__contains=words) | Q(unit__code=words))
    loaded = found.select_related("unit__region__parent", "unit__record", "plan__record")
    return loaded.order_by("unit__record__block", "unit__code", "plan_kind")


def _inside(code: str) -> Q:
    if code == "-":
        home = home_region()
        length = len(home.path) + PATH_STEP if home else PATH_STEP
        return Q(LessThan(Length("unit__record__block"), length))
    path = Region.objects.filter(code=code).values_list("path", flat=True).first()
    if path is None:
        return Q(pk__in=[])
    return Q(unit__record__block__gte=path, unit__record__block__lt=path + ABOVE_DIGITS)
