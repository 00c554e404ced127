"""Who has a report or incident, and who else has it open."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound, Refused
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.web.acting import acting

from .. import services
from ..models import Holding


@require_POST
@acting
def look(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The page says that it is open, and hears who has it and who else looks at it."""
    record = _record(actor, pk)
    services.look(record, by=actor)
    return _answer(request, record, actor)


@require_POST
@acting
def take(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    record = _record(actor, pk)
    try:
        if request.POST.get("do") == "give_back":
            services.give_back(record, by=actor)
        else:
            services.take(record, by=actor, over=request.POST.get("do") == "over")
    except Refused as refused:
        return _answer(request, record, actor, refused=refused.message)
    return _answer(request, record, actor)


def _answer(request: HttpRequest, record: Record, actor: Actor, **more: Any) -> HttpResponse:
    """What is put in the place of what asked must not ask again at once, else it never ends."""
    return render(request, "incidents/who.html", who_context(record, actor) | {"answered": True} | more)


def who_context(record: Record, actor: Actor) -> dict[str, Any]:
    """Who has a report or incident, and who else has it open. 2 queries."""
    held = Holding.objects.filter(record=record).select_related("post__unit", "post__person").first()
    return {
        "held": held,
        "mine": held is not None and held.post_id == actor.post_id,
        "others": services.others_looking(record, by=actor),
        "may_take": actor.may("incidents.write") and actor.post_id is not None,
        "record": record,
    }


def _record(actor: Actor, pk: int) -> Record:
    found = Record.objects.visible_to(actor).filter(pk=pk, kind__in=("report", "incident")).first()
    if found is None:
        raise NotFound(_("There is no such record, or you may not see it."))
    return found
