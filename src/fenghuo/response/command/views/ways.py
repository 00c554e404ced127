"""Ways and times of an incident: a panel of its page; without scripts a page with the times alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.maps.closures import closures, in_force
from fenghuo.kernel.maps.effects import MODE_WORDS
from fenghuo.kernel.maps.forms import ClosureForm, EffectForm
from fenghuo.kernel.maps.rights import may_close
from fenghuo.kernel.maps.travel import on_roads
from fenghuo.kernel.web.acting import acting
from fenghuo.response.incidents import selectors

from ..ways import first_teams


@require_GET
@acting
def ways(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = selectors.incident(actor, number)
    mode = request.GET.get("mode", "")
    mode = mode if mode in MODE_WORDS else "truck"
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
