"""What pages and maps show of coverage."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from .models import Duty, DutyState
from .selectors.coverage import Coverage
from .selectors.trend import Point
from .words import plan_kind_name

PINS_MOST = 1000
WIDE, HIGH = 300, 60  # of the drawn course
HALF, GOOD = 60, 90  # percent, for colours only: 本县设定
# How bad it is, for the colour of a pin; the sign says it too.
LEVELS = {DutyState.NONE: 1, DutyState.DUE: 2, DutyState.DRAFTED: 3, DutyState.FILED: 4}
SIGNS = {DutyState.NONE: "✕", DutyState.DUE: "!", DutyState.DRAFTED: "…", DutyState.FILED: "✓"}


def pins(found: QuerySet[Duty]) -> list[dict[str, Any]]:
    """For the map, each where the place of its unit lies; those without a position are only in the list."""
    placed = found.filter(unit__region__latitude__isnull=False, unit__region__longitude__isnull=False)
    return [_pin(row) for row in placed[:PINS_MOST]]


def town_pins(found: Coverage) -> list[dict[str, Any]]:
    """A pin for each town with how much of it is covered."""
    return [
        {
            "latitude": region.latitude,
            "longitude": region.longitude,
            "title": f"{region.name} {whole.percent}% ({whole.filed}/{whole.asked})",
            "url": f"{reverse('plans:lacking')}?region={region.code}",
            "level": 4 if whole.percent >= GOOD else 3 if whole.percent >= HALF else 1,
            "sign": str(whole.percent),
            "word": "",
        }
        for region, _cells, whole in found.towns
        if region is not None and region.latitude is not None and region.longitude is not None
        if whole.percent is not None
    ]


def _pin(row: Duty) -> dict[str, Any]:
    state = DutyState(row.state)
    return {
        "latitude": row.unit.region.latitude,
        "longitude": row.unit.region.longitude,
        "title": f"{row.unit.name} · {plan_kind_name(row.plan_kind)}",
        "url": reverse("web:unit", args=[row.unit.code]),
        "level": LEVELS[state],
        "sign": SIGNS[state],
        "word": str(state.label),
        "state": str(state),
    }


def drawn(course: Sequence[Point]) -> dict[str, Any] | None:
    """The course as a line in a box of WIDE x HIGH; None until there are two days."""
    if len(course) < 2:
        return None
    first, last = course[0].day, course[-1].day
    days = max(1, (last - first).days)
    points = [(WIDE * (one.day - first).days / days, HIGH - HIGH * one.percent / 100) for one in course]
    return {
        "line": " ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        "from": course[0],
        "to": course[-1],
        "end": points[-1],
        "gain": course[-1].percent - course[0].percent,
    }
