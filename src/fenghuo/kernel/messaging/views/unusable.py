"""Receipts and replies that nobody could use, and what a person did about them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound, Refused
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.web.acting import acting

from .. import selectors, services
from ..models import Incoming

PAGE = 50


@require_GET
@acting
def unusable(request: HttpRequest, actor: Actor) -> HttpResponse:
    settled = request.GET.get("settled") == "1"
    page = Paginator(selectors.unusable(actor, settled=settled), PAGE).get_page(request.GET.get("page"))
    return render(request, "messaging/unusable.html", {"page": page, "settled": settled})


@require_GET
@acting
def unusable_one(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    return render(request, "messaging/unusable_one.html", {"kept": selectors.unusable_message(actor, pk)})


@require_POST
@acting
def settle(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    require(actor, "messages.settle")
    kept = Incoming.objects.select_related("record").filter(pk=pk, record__isnull=False).first()
    if kept is None:
        raise NotFound(_("There is no such message, or you may not see it."))
    try:
        services.settle_incoming(kept, by=actor, note=request.POST.get("note", ""))
    except NotFound:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It was dealt with."))
    return redirect("messaging:unusable")
