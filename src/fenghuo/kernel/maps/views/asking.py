"""Questions to the roads, answered within the second: a way, how far one comes, what a closure would change."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenghuo.geo.drawing import SHAPES
from fenghuo.geo.roads.access import MODES
from fenghuo.geo.travel import START
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, Refused
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.machine.problems import problem, problem_response, refusal

from ..closures import closures_now
from ..comparing import compare
from ..drawn import read_drawn
from ..effects import factor_for
from ..forms import EffectForm
from ..layers import collection
from ..reaching import reached
from ..routing import NoRoute, Position, route_document, straight_document
from ..services.values import measured
from ..travel import on_roads

MOST_ORIGINS, MOST_MINUTES = 300, 120


def said_plainly(view: Callable[[HttpRequest, Actor], HttpResponse]) -> Callable[[HttpRequest, Actor], HttpResponse]:
    """The script that asks gets what was refused as a document, not as a page."""

    @wraps(view)
    def answered(request: HttpRequest, actor: Actor) -> HttpResponse:
        try:
            return view(request, actor)
        except Refused as refused:
            return problem_response(refusal(refused))

    return answered


@require_GET
@acting
@said_plainly
def route(request: HttpRequest, actor: Actor) -> HttpResponse:
    """`?from=LAT,LON&to=LAT,LON&mode=truck`: the way as it is now, as one GeoJSON feature.

    `seconds` has the minute to get going in it, as travel times have. 409: no road leads there.
    """
    require(actor, "closures.read")
    origin, to = _position(request.GET, "from"), _position(request.GET, "to")
    language = "zh" if (get_language() or "").startswith("zh") else "en"
    mode = _mode(request.GET)
    try:
        found = (
            route_document(origin, to, mode, closures_now(mode, exercise=_exercise(request.GET)), language)
            if on_roads(origin, to)
            else straight_document(origin, to)
        )
    except NoRoute as none:
        return problem_response(problem(409, str(none)))
    if not found["estimate"]:
        found["seconds"] = round(found["seconds"] + START, 1)
    geometry = found.pop("geometry")
    return JsonResponse({"type": "Feature", "geometry": geometry, "properties": found})


@require_GET
@acting
@said_plainly
def reach(request: HttpRequest, actor: Actor) -> HttpResponse:
    """`?at=LAT,LON&minutes=5,10,15`: areas reached from there, the widest first."""
    require(actor, "closures.read")
    at, mode = _position(request.GET, "at"), _mode(request.GET)
    laid = closures_now(mode, exercise=_exercise(request.GET))
    return JsonResponse(collection(reached(at, _minutes(request.GET), mode, laid)))


@require_POST
@acting
@said_plainly
def what_if(request: HttpRequest, actor: Actor) -> HttpResponse:
    """`to`, `from` (each LAT,LON), `geometry`: seconds from each before and after. Nothing is stored."""
    require(actor, "closures.read")
    said = request.POST
    to, mode = _position(said, "to"), _mode(said)
    origins = [_position_of(text, "from") for text in said.getlist("from")[:MOST_ORIGINS]]
    try:
        given = json.loads(said.get("geometry", ""))
    except ValueError:
        given = None
    drawn = read_drawn(given, types=SHAPES)
    factor = _factor(said, mode)
    return JsonResponse(compare(origins, to, mode, drawn.geometry, factor=factor, exercise=_exercise(said)))


def _factor(said: QueryDict, mode: str) -> float:
    """Of what is drawn for the question: closed unless it is said to be slowed or flooded. Raises: Invalid."""
    values: Any = {"effect": "closed"}
    if "effect" in said:
        form = EffectForm(said)
        if not form.is_valid():
            raise Invalid(*(Fault(name, str(faults[0])) for name, faults in form.errors.items()))
        values = form.measures()
    return factor_for(mode, *measured(values))


def _exercise(said: QueryDict) -> bool:
    return said.get("exercise", "") == "1"


def _position(said: QueryDict, name: str) -> Position:
    return _position_of(said.get(name, ""), name)


def _position_of(text: str, name: str) -> Position:
    """Raises: Invalid."""
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        latitude = longitude = float("nan")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Invalid(Fault(name, _("must be latitude and longitude in degrees, as 34.05,108.6"), text[:50]))
    return latitude, longitude


def _mode(said: Any) -> str:
    mode = said.get("mode", "truck")
    if mode not in MODES:
        raise Invalid(Fault("mode", _("must be one of: %(known)s") % {"known": " ".join(MODES)}, mode[:20]))
    return str(mode)


def _minutes(said: QueryDict) -> list[int]:
    text = said.get("minutes", "5,10,15")
    parts = text.split(",")
    if not all(part.isascii() and part.isdigit() and 0 < int(part[:6]) <= MOST_MINUTES for part in parts):
        raise Invalid(Fault("minutes", _("must be whole minutes, as 5,10,15"), text[:50]))
    return sorted({int(part) for part in parts})[:6]
