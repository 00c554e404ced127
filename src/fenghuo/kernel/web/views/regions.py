"""The region tree."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.registry import selectors
from fenghuo.kernel.registry.services import may_keep_place

from ..acting import acting


@require_GET
@acting
def regions(request: HttpRequest, actor: Actor) -> HttpResponse:
    require(actor, "registry.read")
    at = selectors.region_by_code(request.GET.get("at", "")[:12]) or selectors.home_region()
    context: dict[str, Any] = {"at": at} | (selectors.around(at) if at else {})
    if at and may_keep_place(actor, at):
        context["changed_at"] = at.pk
    return render(request, "web/regions.html", context)
