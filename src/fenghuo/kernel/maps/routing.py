"""One route as machines and pages take it: metres, seconds, steps in words, line, and whether it is an estimate."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from fenghuo.geo.roads.closures import Closures
from fenghuo.geo.roads.directions import directions
from fenghuo.geo.roads.drawn import Drawn, lay
from fenghuo.geo.roads.routes import Route, route_between
from fenghuo.geo.travel import straight_line_seconds
from fenghuo.standards.wading import wading_factor

from .roads import current_graph
from .stands import stand_of

type Position = tuple[float, float]  # latitude, longitude


class NoRoute(Exception):
    """No road leads there; the text says what was found."""


def drawn_closures(drawn: Iterable[Drawn], mode: str) -> Closures:
    """Over the roads that it meets; none without roads."""
    graph = current_graph()
    in_water = partial(wading_factor, mode, own=settings.OWN_WADING)
    return Closures() if graph is None else lay(graph, drawn, in_water)


def route_document(
    origin: Position, to: Position, mode: str, closures: Closures, language: str = "zh"
) -> dict[str, Any]:
    """`steps`: text, name, metres, seconds, latitude, longitude. Raises: NoRoute."""
    graph = current_graph()
    if graph is None:
        return straight_document(origin, to)
    start, goal = stand_of(graph, mode, origin), stand_of(graph, mode, to)
    if start is None or goal is None:
        raise NoRoute(_("There is no road that may be used near to one of the two places."))
    route = route_between(graph, mode, start, goal, closures)
    if route is None:
        raise NoRoute(_("No road leads there, as the map and the closures stand now."))
    steps = [
        {
            "text": text,
            "name": step.name,
            "metres": round(step.metres, 1),
            "seconds": round(step.seconds, 1),
            "latitude": step.at[0],
            "longitude": step.at[1],
        }
        for step, text in zip(route.steps, directions(route, language, mode), strict=True)
    ]
    return _document(route.metres, route.seconds, steps, _line(route), estimate=False)


def straight_document(origin: Position, to: Position) -> dict[str, Any]:
    """An estimate along a straight line, without steps."""
    metres, seconds = straight_line_seconds(*origin, *to)
    return _document(metres, seconds, [], [[origin[1], origin[0]], [to[1], to[0]]], estimate=True)


def _line(route: Route) -> list[list[float]]:
    return [[longitude, latitude] for latitude, longitude in route.line]


def _document(
    metres: float, seconds: float, steps: list[dict[str, Any]], line: list[list[float]], *, estimate: bool
) -> dict[str, Any]:
    return {
        "metres": round(metres, 1),
        "seconds": round(seconds, 1),
        "steps": steps,
        "geometry": {"type": "LineString", "coordinates": line if len(line) > 1 else line * 2},
        "estimate": estimate,
    }
