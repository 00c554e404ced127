"""What pages and maps show of coverage."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from .models import Duty, DutyState
from .words import plan_kind_name

PINS_MOST = 1000
# How bad it is, for the colour of a pin; the sign says it too.
LEVELS = {DutyState.NONE: 1, DutyState.DUE: 2, DutyState.DRAFTED: 3, DutyState.FILED: 4}
SIGNS = {DutyState.NONE: "✕", DutyState.DUE: "!", DutyState.DRAFTED: "…", DutyState.FILED: "✓"}


def pins(found: QuerySet[Duty]) -> list[dict[str, Any]]:
    """For the map, each where the place of its unit lies; those without a position are only in the list."""
    placed = found.filter(unit__region__latitude__isnull=False, unit__region__longitude__isnull=False)
    return [_pin(row) for row in placed[:PINS_MOST]]


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
