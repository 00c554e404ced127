"""How duties were kept, by unit and rule: in time, late and by how much, not done, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Count, Q
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor

from .listing import Asked, duties, names_of
from .states import MET_LATE, conditions, late_now


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
    overdue: int
    missed: int
    let_go: int
    median_late_s: int | None
    worst_late_s: int | None
    unexplained: int
    reasons: dict[str, int]


COUNTED = ("started", "in_time", "late", "running", "overdue", "missed", "let_go", "unexplained")
type Key = tuple[int | None, str]


def statistics(actor: Actor, said: Asked, now: datetime | None = None) -> list[Row]:
    """By unit and rule of the duties that the actor may see and that began in the time asked for. 5 queries."""
    now = now or timezone.now()
    found = duties(actor, said).order_by()
    counts = {name: Count("pk", filter=condition) for name, condition in conditions(now).items()}
    rows = list(
        found.values("answering", "rule").annotate(
            started=Count("pk"), unexplained=Count("pk", filter=late_now(now) & Q(reasoned_at__isnull=True)), **counts
        )
    )
    lateness: dict[Key, list[int]] = {}
    for unit, rule, due, met in found.filter(MET_LATE).values_list("answering", "rule", "due_at", "met_at"):
        lateness.setdefault((unit, rule), []).append(int((met - due).total_seconds()))
    reasons: dict[Key, dict[str, int]] = {}
    given = found.filter(late_now(now), late_reason__isnull=False)
    for unit, rule, why, n in given.values_list("answering", "rule", "late_reason__why").annotate(n=Count("pk")):
        reasons.setdefault((unit, rule), {})[why] = n
    names = names_of({row["answering"] for row in rows if row["answering"] is not None})
    made = [
        Row(
            unit=row["answering"],
            unit_code=names.get(row["answering"], ("", ""))[0],
            unit_name=names.get(row["answering"], ("", "—"))[1],
            rule=row["rule"],
            median_late_s=round(median(late)) if (late := lateness.get((row["answering"], row["rule"]))) else None,
            worst_late_s=max(late) if late else None,
            reasons=reasons.get((row["answering"], row["rule"]), {}),
            **{name: row[name] for name in COUNTED},
        )
        for row in rows
    ]
    return sorted(made, key=lambda row: (row.unit_code, row.rule))


def total(rows: Iterable[Row]) -> dict[str, int]:
    rows = list(rows)
    return {name: sum(getattr(row, name) for row in rows) for name in COUNTED}
