"""The contact book: people by line and by block, called with one tap, written to as a group."""

from typing import cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Person
from fenghuo.kernel.web.acting import acting

from ..selectors import book
from .asking import asked_in

PAGE = 200


@require_GET
@acting
def contacts(request: HttpRequest, actor: Actor) -> HttpResponse:
    asked = asked_in(request)
    page = Paginator(book.people(actor, asked), PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "parts": [("line", _("Lines (departments)")), ("block", _("Blocks (street offices, villages)"))],
        "towns": book.towns(actor),
        "page": page,
        "groups": book.grouped(book.read(cast("QuerySet[Person]", page.object_list))),
        "address_query": request.GET.urlencode(),
        "may_write": actor.may("contacts.message") and actor.unit_id is not None,
        "may_take": actor.may("contacts.take"),
    }
    return render(request, "organisations/contacts.html", context)
