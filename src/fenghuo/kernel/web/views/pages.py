"""Today, search, and the pages of units, people and regions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.registry import selectors

from ..acting import acting
from ..search import find
from ..today import items_for, starts_for
from ..unit_parts import parts_for
from ..words import subject_name


@require_GET
@acting
def today(request: HttpRequest, actor: Actor) -> HttpResponse:
    template = "web/today.html#tasks" if request.headers.get("HX-Request") else "web/today.html"
    items = items_for(actor)
    tasks = [item for item in items if item.done_at is None]
    news = sorted((item for item in items if item.done_at), key=lambda item: str(item.done_at), reverse=True)
    return render(request, template, {"items": tasks, "news": news, "starts": starts_for(actor)})


@require_GET
@acting
def search(request: HttpRequest, actor: Actor) -> HttpResponse:
    query = request.GET.get("q", "")
    return render(request, "web/search.html", {"query": query, "hits": find(actor, query)})


@require_GET
@acting
def unit_options(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Typeahead: options for the list of a field, by whatever is being typed into it."""
    require(actor, "registry.read")
    typed = str(next(iter(request.GET.values()), "")).replace("\x00", "")[:100]
    return render(request, "web/unit_options.html", {"found": selectors.find_units(typed, 10)})


@require_GET
@acting
def unit(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    require(actor, "registry.read")
    found = selectors.unit_with_lines(code)
    if found is None:
        raise NotFound(_("There is no unit with the code %(code)s.") % {"code": code})
    supervisions = list(found.supervisions.all())
    for one in supervisions:
        one.word = subject_name(one.subject)  # type: ignore[attr-defined]
    context = {
        "unit": found,
        "lines": [subject_name(line.subject) for line in found.lines.all()],
        "supervisions": supervisions,
        "parts": parts_for(request, actor, found),
    }
    return render(request, "web/unit.html", context)
