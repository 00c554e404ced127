"""A register's list. Filters, order and columns stand in the address, so that a list can be sent."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.web.acting import acting

from .. import services
from ..asking import Asked, Unusable, found_rows, read_query
from ..declaring import Column
from ..finding import register_for
from ..presenting import rows_html
from ..selectors import offered

SIZES = (50, 100, 200)


@require_GET
@acting
def list_rows(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    register = register_for(name, actor)
    try:
        asked = read_query(register, actor, request.GET.dict(), request.GET.getlist("columns"))
    except Unusable as unusable:  # an old or mistyped address still shows the list
        asked = unusable.asked
        messages.warning(request, _("Part of the address could not be used: %(what)s") % {"what": str(unusable)})
    size = int(request.GET.get("size", "")) if request.GET.get("size", "") in map(str, SIZES) else SIZES[0]
    part = bool(request.headers.get("HX-Request"))
    found = found_rows(register, actor, asked)
    paginator = Paginator(found, size)
    more = None if part else offered(name, actor, found)
    if more is not None:
        paginator.count = more.count
    page = paginator.get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "register": register,
        "page": page,
        "rows": rows_html(register, _rows_of(page, found), asked.columns),
        "heads": [_head(column, asked) for column in asked.columns],
        "asked": asked,
    }
    if more is None:
        return render(request, "registers/list.html#rows", context)
    readable = register.columns_for(actor)
    context |= {
        "filters": [(one, one.choices(actor), asked.chosen.get(one.name, "")) for one in register.filters],
        "places": _places(more.places, asked),
        "choices": [(column, column in asked.columns) for column in readable],
        "views": more.views,
        "address_query": request.GET.urlencode(),
        "on_map": register.position is not None,
        "kept": [(key, said) for key, said in request.GET.items() if said and key not in ("columns", "size", "page")],
        "sizes": SIZES,
        "size": size,
        "may_import": actor.may(register.write) and (register.create or register.change) is not None,
        "may_create": register.create is not None and actor.may(register.write),
        "on_paper": register.create is not None,
    }
    return render(request, "registers/list.html", context)


def _rows_of(page: Page[Any], found: QuerySet[Any]) -> QuerySet[Any]:
    """Their keys are found first: the database then sorts keys, not all that it would have to show of each row."""
    start = page.start_index() - 1 if page.paginator.count else 0
    return found.filter(pk__in=found.values("pk")[start : start + page.paginator.per_page])


@require_POST
@acting
def save_view(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    register_for(name, actor)
    query = request.POST.get("query", "")
    try:
        services.save_view(name, by=actor, name=request.POST.get("name", ""), query=query)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The view is saved."))
    return redirect(_address(name, query))


@require_POST
@acting
def drop_view(request: HttpRequest, actor: Actor, name: str, pk: int) -> HttpResponse:
    services.drop_view(pk, by=actor)
    return redirect("registers:list", name)


def _address(name: str, query: str) -> str:
    """Built anew from its parts, so that it leads to this list and nowhere else."""
    wanted = QueryDict(query.replace("\x00", "")[:1000]).urlencode()
    return reverse("registers:list", args=[name]) + (f"?{wanted}" if wanted else "")


def _head(column: Column, asked: Asked) -> dict[str, Any]:
    """The heading, and what choosing it sorts by: rising, then falling."""
    sorted_now = asked.sort.removeprefix("-") == column.name
    falling = asked.sort.startswith("-")
    return {
        "column": column,
        "next": f"-{column.name}" if sorted_now and not falling else column.name,
        "way": ("descending" if falling else "ascending") if sorted_now else "none",
        "number": column.kind.sheet == "integer",
    }


def _places(towns: list[tuple[str, str]], asked: Asked) -> list[tuple[str, str]]:
    """The towns, and whatever other place is chosen."""
    at = asked.region
    return towns if at is None or at.code in dict(towns) else [*towns, (at.code, at.name)]
