"""The sheet that a driver takes along: map, way, directions, restrictions and teams of one incident."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from fenghuo.geo.travel import START
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.maps.closures import closures, closures_now, in_force
from fenghuo.kernel.maps.effects import effect_words, who_passes
from fenghuo.kernel.maps.models import Closure
from fenghuo.kernel.maps.presenting import spell
from fenghuo.kernel.maps.routing import NoRoute, Position, route_document, straight_document
from fenghuo.kernel.maps.sheet import Drawing, draw, frame_around
from fenghuo.kernel.maps.travel import on_roads
from fenghuo.response.incidents.models import Incident

from .ways import FromTeam, first_teams

HERE_M = 30.0  # nearer, there is no way to speak of
MOST = 60  # restrictions on a sheet


@dataclass(frozen=True, slots=True)
class Way:
    """`none`: why there is no way, in words."""

    metres: float = 0.0
    minutes: int = 0
    steps: tuple[str, ...] = ()
    line: tuple[tuple[float, float], ...] = ()
    estimate: bool = False
    none: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`team`: whose way is drawn, None where there is none. `restricted`: with number, words, who passes, when."""

    teams: Sequence[FromTeam]
    team: FromTeam | None
    way: Way
    drawing: Drawing
    restricted: Sequence[tuple[int, Closure, str, str, str]]

    @property
    def kilometres(self) -> str:
        return f"{self.way.metres / 1000:.1f}"


def sheet(incident: Incident, actor: Actor, *, team: str = "", mode: str = "truck") -> Sheet | None:
    """None while nobody knows the place. `team`: its number; the first that is not there already if it is not known."""
    if incident.latitude is None or incident.longitude is None:
        return None
    at = incident.latitude, incident.longitude
    teams = first_teams(incident, actor, mode=mode)
    ways = {one.number: _way(one, at, mode, exercise=incident.record.exercise) for one in teams if one.number == team}
    chosen = next((one for one in teams if one.number in ways), None) or next(
        (one for one in teams if one.minutes is not None and (one.latitude, one.longitude) != at), None
    )
    way = ways.get(chosen.number) or _way(chosen, at, mode, exercise=incident.record.exercise) if chosen else Way()
    standing = closures(actor).filter(in_force(timezone.now()), record__exercise=incident.record.exercise)
    closed = list(standing.order_by("pk")[:MOST])
    places = [at, *((latitude, longitude) for longitude, latitude in way.line)]
    marks = [(*at, incident.record.title, "place")]
    marks += [(one.latitude, one.longitude, one.name, "team") for one in teams]
    drawing = draw(frame_around(places), way.line, closed, marks)
    rows = [(number, one, effect_words(one), who_passes(one), spell(one)) for number, one in enumerate(closed, 1)]
    return Sheet(teams, chosen, way, drawing, rows)


def _way(team: FromTeam, to: Position, mode: str, *, exercise: bool) -> Way:
    start, language = (team.latitude, team.longitude), "zh" if (get_language() or "").startswith("zh") else "en"
    try:
        found: dict[str, Any] = (
            route_document(start, to, mode, closures_now(mode, exercise=exercise), language)
            if on_roads(start, to)
            else straight_document(start, to)
        )
    except NoRoute as none:
        return Way(none=str(none))
    if found["metres"] < HERE_M:
        return Way()
    seconds = found["seconds"] if found["estimate"] else found["seconds"] + START
    return Way(
        metres=found["metres"],
        minutes=max(1, round(seconds / 60)),
        steps=tuple(step["text"] for step in found["steps"]),
        line=tuple((x, y) for x, y in found["geometry"]["coordinates"]),
        estimate=found["estimate"],
    )
