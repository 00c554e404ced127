"""The wall board: one page, and its parts, which fetch themselves anew when something happens."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.selectors import recent_entries
from fenghuo.kernel.registry.selectors import desk_now
from fenghuo.kernel.web import strip
from fenghuo.kernel.web.acting import acting

from ..board import picture
from ..pins import map_data

LINES, BACK = 14, timedelta(hours=24)
NEWS = ("incident", "assignment")


@require_GET
@acting
def board(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The page; with `?part=` incidents, news or strip that part alone."""
    require(actor, "board.read")
    now = timezone.now()
    part = request.GET.get("part", "")
    if part == "incidents":
        return render(request, "command/board.html#incidents", _incidents(strip.Scene(actor, now)))
    if part == "news":
        return render(request, "command/board.html#news", _news(actor, now))
    home, on_duty = desk_now(timezone.localdate())
    scene = strip.Scene(actor, now, tuple(on_duty))
    below = {"tiles": strip.tiles_for(scene), "strip_kinds": " ".join(strip.kinds()), "on_duty": on_duty}
    if part == "strip":
        return render(request, "command/board.html#strip", below)
    above = {"home": home, "now": now}
    return render(request, "command/board.html", above | below | _incidents(scene) | _news(actor, now))


def _incidents(scene: strip.Scene) -> dict[str, Any]:
    found = picture(scene)
    return {"picture": found, "now": scene.now, "map_data": map_data(found, scene.actor)}


def _news(actor: Actor, now: Any) -> dict[str, Any]:
    lines = recent_entries(actor, NEWS, LINES, since=now - BACK) if actor.may("incidents.read") else []
    return {"news": lines, "newest": max((line.recorded_at for line, _record in lines), default=None)}
