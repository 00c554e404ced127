"""Today, search, and the pages of units, people and regions."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record, Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.registry import selectors

from ..acting import acting
from ..search import find
from ..today import items_for, starts_for
from ..words import subject_name

PAGE = 50


@require_GET
@acting
def today(request: HttpRequest, actor: Actor) -> HttpResponse:
    template = "web/today.html#tasks" if request.headers.get("HX-Request") else "web/today.html"
    return render(request, template, {"items": items_for(actor), "starts": starts_for(actor)})


@require_GET
@acting
def search(request: HttpRequest, actor: Actor) -> HttpResponse:
    query = request.GET.get("q", "")
    return render(request, "web/search.html", {"query": query, "hits": find(actor, query)})


@require_GET
@acting
def units(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everybody signed in may look up units (decision 3): name, code, place and duty telephone."""
    require(actor, "registry.read")
    query, kind = request.GET.get("q", "").replace("\x00", "")[:100], request.GET.get("kind", "")
    if query.strip():
        found = [hit.record_id for hit in selectors.find_units(query, 50)]
        by_pk = Unit.objects.select_related("region").in_bulk(found)
        rows = [by_pk[pk] for pk in found if not kind or by_pk[pk].kind == kind]
        page = Paginator(rows, PAGE).get_page(1)
    else:
        page = Paginator(selectors.units(kind=kind), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "query": query, "kind": kind, "kinds": UnitKind.choices}
    return render(request, "web/units.html", context)


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
    seen = Record.objects.visible_to(actor).filter(pk=found.pk).exists()
    supervisions = list(found.supervisions.all())
    for one in supervisions:
        one.word = subject_name(one.subject)  # type: ignore[attr-defined]
    context = {
        "unit": found,
        "lines": [subject_name(line.subject) for line in found.lines.all()],
        "supervisions": supervisions,
        "seen": seen,
        "posts": selectors.posts_in(actor, found) if seen else [],
    }
    return render(request, "web/unit.html", context)


@require_GET
@acting
def people(request: HttpRequest, actor: Actor) -> HttpResponse:
    require(actor, "registry.read")
    query = request.GET.get("q", "").replace("\x00", "")[:100]
    page = Paginator(selectors.people(actor, query), PAGE).get_page(request.GET.get("page"))
    return render(request, "web/people.html", {"page": page, "query": query})


@require_GET
@acting
def person(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    require(actor, "registry.read")
    found = selectors.people(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such person, or you may not see them."))
    return render(request, "web/person.html", {"person": found})


@require_GET
@acting
def regions(request: HttpRequest, actor: Actor) -> HttpResponse:
    require(actor, "registry.read")
    at = selectors.region_by_code(request.GET.get("at", "")[:12]) or selectors.home_region()
    context = {"at": at} | (selectors.around(at) if at else {})
    return render(request, "web/regions.html", context)
