"""List and map of incidents."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.clocks.selectors import clocks_of
from fenghuo.kernel.web.acting import acting

from .. import selectors
from ..forms import kind_choices
from ..models import IncidentState
from ..words import kind_name, level_name

PAGE = 50


@require_GET
@acting
def incidents(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List and map. Filters stand in the address."""
    asked = {name: request.GET.get(name, "")[:100].replace("\x00", "") for name in ("state", "kind", "q", "view")}
    open_states = f"{IncidentState.OPEN} {IncidentState.CONTROLLED}"
    state = {"": open_states, "all": ""}.get(asked["state"], asked["state"])
    found = selectors.incidents(actor, state=state, kind=asked["kind"], text=asked["q"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    clocks = clocks_of([incident.pk for incident in page], actor)
    due = {}
    for clock in reversed(clocks):
        if clock.met_at is None and clock.ended_at is None and not clock.window:
            due[clock.record] = clock
    context = {
        "page": page,
        "rows": [(incident, kind_name(incident.kind), due.get(incident.pk)) for incident in page],
        "asked": asked,
        "states": [("", _("not closed")), *IncidentState.choices, ("all", _("all"))],
        "kinds": kind_choices()[1:],
        "map_data": {
            "points": [
                {
                    "latitude": incident.latitude,
                    "longitude": incident.longitude,
                    "title": incident.record.title,
                    "url": reverse("incidents:incident", args=[incident.record.number]),
                    "level": (level := incident.level or incident.proposed_level or 0),
                    "word": level_name(level) or str(_("not graded")),
                }
                for incident in page
                if incident.latitude is not None
            ]
        },
    }
    template = "incidents/incidents.html#rows" if request.headers.get("HX-Request") else "incidents/incidents.html"
    return render(request, template, context)
