"""How duties were kept, by unit and rule: in time, late and by how much, not done, and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Count, Q
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor

from .listing import Asked, duties, names_of
from .states import LATE, STATES


@dataclass(frozen=True, slots=True)
class Row:
    """One rule in one unit. `started` is the sum of all states; `late_s`: seconds by which those done late were late.

    `reasons`: how many of each kind were given; `unexplained`: late ones without any.
    """

    unit: int | None
    unit_code: str
    unit_name: str
    rule: str
    started: int
    in_time: int
    late: int
    running: int
    paused: int
    overdue: int
    missed: int
    let_go: int
    median_late_s: int | None
    worst_late_s: int | None
    unexplained: int
    reasons: dict[str, int]


COUNTED = ("started", *STATES, "unexplained")
type Key = tuple[int | None, str]


def statistics(actor: Actor, said: Asked, now: datetime | None = None) -> list[Row]:
    """By unit and rule of the duties that the actor may see and that began in the time asked for. 5 queries."""
    found = duties(actor, said, now or timezone.now()).order_by()
    late = Q(stands__in=LATE)
    counts: dict[Key, Counter[str]] = {}
    unexplained = Count("pk", filter=late & Q(reasoned_at__isnull=True))
    for unit, rule, stands, n, silent in found.values_list("answering", "rule", "stands").annotate(
        n=Count("pk"), silent=unexplained
    ):
        counts.setdefault((unit, rule), Counter()).update({stands: n, "started": n, "unexplained": silent})
    lateness: dict[Key, list[int]] = {}
    for unit, rule, due, met in found.filter(stands="late").values_list("answering", "rule", "due_at", "met_at"):
        lateness.setdefault((unit, rule), []).append(int((met - due).total_seconds()))
    reasons: dict[Key, dict[str, int]] = {}
    given = found.filter(late, late_reason__isnull=False)
    for unit, rule, why, n in given.values_list("answering", "rule", "late_reason__why").annotate(n=Count("pk")):
        reasons.setdefault((unit, rule), {})[why] = n
    names = names_of({unit for unit, _rule in counts if unit is not None})
    made = [
        Row(
            unit=unit,
            unit_code=names[unit][0] if unit else "",
            unit_name=names[unit][1] if unit else "—",
            rule=rule,
            median_late_s=round(median(late_s)) if (late_s := lateness.get((unit, rule))) else None,
            worst_late_s=max(late_s) if late_s else None,
            reasons=reasons.get((unit, rule), {}),
            **{name: counted[name] for name in COUNTED},
        )
        for (unit, rule), counted in counts.items()
    ]
    return sorted(made, key=lambda row: (row.unit_code, row.rule))


def total(rows: Iterable[Row]) -> dict[str, int]:
    rows = list(rows)
    return {name: sum(getattr(row, name) for row in rows) for name in COUNTED}
