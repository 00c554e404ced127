"""Teams as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.kernel.maps.selectors import short

from .models import Team, TeamState
from .words import capability_names

STALE = timedelta(days=30)  # 本县设定: after that somebody should look again
# Of the map's pins: a colour (those of the levels) and a sign, so that colour is not the only one.
PINS = {TeamState.READY: (4, "✓"), TeamState.RESTING: (3, "…"), TeamState.UNAVAILABLE: (0, "✕")}


@dataclass(frozen=True, slots=True)
class Shown:
    """A team with its words. `overdue`: what is not available should be ready again by now."""

    it: Team
    place: str
    state: TeamState
    capabilities: list[str]
    fresh: str
    stale: bool
    overdue: bool


def present(team: Team, now: datetime | None = None) -> Shown:
    now = now or timezone.now()
    state = team.state_at(now)
    return Shown(
        it=team,
        place=short(team.record.region.name) if team.record.region else "",
        state=state,
        capabilities=capability_names(row.slug for row in team.capability_rows.all()),
        fresh=ago(team.record.checked_at, now) if team.record.checked_at else _("never"),
        stale=team.record.checked_at is None or now - team.record.checked_at > STALE,
        overdue=state is TeamState.UNAVAILABLE and team.state_until is not None and team.state_until <= now,
    )


def ago(moment: datetime, now: datetime) -> str:
    """Today, 1 day ago, 12 days ago: by the calendar of the county."""
    days = (timezone.localdate(now) - timezone.localdate(moment)).days
    return _("today") if days <= 0 else ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}


def points(teams: Iterable[Team]) -> list[dict[str, Any]]:
    """Pins of a map, for teams whose base is known."""
    now = timezone.now()
    return [
        {"latitude": team.latitude, "longitude": team.longitude, **pin(team, now)}
        for team in teams
        if team.latitude is not None
    ]


def pin(team: Team, now: datetime) -> dict[str, Any]:
    """What a pin says and where it leads."""
    state = team.state_at(now)
    level, sign = PINS[state]
    address = reverse("teams:team", args=[team.record.number])
    return {"title": team.name, "url": address, "word": str(state.label), "level": level, "sign": sign}
