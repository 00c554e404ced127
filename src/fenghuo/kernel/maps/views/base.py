"""What the map component asks for: base, layers, and the tiles of the county when they are loaded."""

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.ranges import serve

from .. import layers, selectors
from ..backgrounds import backgrounds
from ..showing import BESIDE, layers_shown
from ..tiles import tiles_path


@require_GET
@acting
def base(request: HttpRequest, actor: Actor) -> HttpResponse:
    answer = JsonResponse(selectors.base() | {"tiles": tiles_path().is_file(), "backgrounds": backgrounds()})
    answer["Cache-Control"] = "private, max-age=300"
    return answer


@require_GET
@acting
def layer(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    found = layers.layer(name, actor)
    if found is None:
        raise NotFound(_("There is no such layer, or you may not see it."))
    asked = request.GET.dict()
    features = found.narrowed(actor, asked) if asked and found.narrowed else found.features(actor)
    return JsonResponse(layers.collection(features))


@require_GET
@acting
def county(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The map of the county. `?show=teams&kind=…`: that layer, narrowed as the address of its list says."""
    require(actor, "closures.read")
    return render(request, "maps/county.html", {"shown": layers_shown(actor, request.GET), "map_data": {}})


@require_GET
@acting
def layer_choices(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The choices beside another map, `?map=` its id."""
    of = request.GET.get("map", "")
    context = {"shown": layers_shown(actor, QueryDict()), "of": of if of in BESIDE else BESIDE[0]}
    return render(request, "maps/layers.html", context)


@require_GET
@acting
def tiles(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The county's PMTiles, in the ranges that the reader asks for."""
    path = tiles_path()
    if not path.is_file():
        raise NotFound(_("No base map is loaded."))
    return serve(request, path, "application/octet-stream", f"{path.stat().st_mtime_ns:x}")
