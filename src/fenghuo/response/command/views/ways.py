"""Ways and times of an incident: a panel of its page; without scripts a page with the times alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.maps.closures import closures, in_force
from fenghuo.kernel.maps.effects import MODE_WORDS
from fenghuo.kernel.maps.forms import ClosureForm, EffectForm
from fenghuo.kernel.maps.rights import may_close
from fenghuo.kernel.maps.travel import on_roads
from fenghuo.kernel.web.acting import acting
from fenghuo.response.incidents import selectors

from ..sheet import sheet
from ..ways import first_teams


@require_GET
@acting
def ways(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = selectors.incident(actor, number)
    mode = _mode(request)
    at = None if found.latitude is None or found.longitude is None else (found.latitude, found.longitude)
    context = {
        "incident": found,
        "known": at is not None,
        "roads": at is None or on_roads(at),
        "teams": first_teams(found, actor, mode=mode),
        "closed": closures(actor).filter(in_force(timezone.now()), record__exercise=found.record.exercise).count(),
        "mode": mode,
        "modes": MODE_WORDS.items(),
        "drawing": ClosureForm(auto_id=False),
        "effect": EffectForm(auto_id="what_if_%s"),
        "may_close": may_close(actor),
    }
    template = "command/ways.html#panel" if request.headers.get("HX-Request") else "command/ways.html"
    return render(request, template, context)


@require_GET
@acting
def printed(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """`?team=NUMBER&mode=truck`: a sheet of paper with map and directions."""
    require(actor, "closures.read")
    found = selectors.incident(actor, number)
    mode = _mode(request)
    context = {
        "incident": found,
        "sheet": sheet(found, actor, team=request.GET.get("team", ""), mode=mode),
        "mode": mode,
        "mode_word": MODE_WORDS[mode],
        "modes": MODE_WORDS.items(),
        "printed_at": timezone.localtime(),
        "actor": actor,
    }
    return render(request, "command/ways_sheet.html", context)


def _mode(request: HttpRequest) -> str:
    """What nobody drives is read as a fire engine: the page says for what it is reckoned."""
    mode = request.GET.get("mode", "")
    return mode if mode in MODE_WORDS else "truck"
