"""The contact book outside the house: as a booklet to print, as address cards, as a workbook for WeCom."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.registry.selectors import home_region
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.downloads import XLSX, download
from fenghuo.standards.vcards import TYPE, Card, write_cards

from .. import wecom
from ..booklet import booklet_pdf
from ..selectors.book import Asked, Entry, grouped
from ..services import take_book
from .asking import asked_in


@require_GET
@acting
def booklet(request: HttpRequest, actor: Actor) -> HttpResponse:
    """As a paper: the browser prints it or stores it as PDF."""
    asked = asked_in(request)
    found = take_book(asked, by=actor, form="pdf")
    context = {
        "groups": grouped(found),
        "count": len(found),
        "asked": asked,
        "address_query": request.GET.urlencode(),
        "printed_at": timezone.now(),
        "actor": actor,
    }
    return render(request, "organisations/booklet.html", context)


@require_GET
@acting
def booklet_as_pdf(request: HttpRequest, actor: Actor) -> HttpResponse:
    asked = asked_in(request)
    found = take_book(asked, by=actor, form="pdf")
    home = home_region()
    place = asked.region.name if asked.region else home.name if home else ""
    return download(booklet_pdf(found, by=actor, place=place), "application/pdf", _("Contact book") + ".pdf")


@require_GET
@acting
def cards(request: HttpRequest, actor: Actor) -> HttpResponse:
    found = take_book(asked_in(request), by=actor, form="vcard")
    return download(write_cards([_card(one) for one in found]), TYPE, _("Contact book") + ".vcf")


@require_GET
@acting
def card(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One person's. Raises: NotFound, NotAllowed."""
    found = take_book(Asked(people=(pk,)), by=actor, form="vcard")
    if not found:
        raise NotFound(_("There is no such person, or you may not see them."))
    return download(write_cards([_card(found[0])]), TYPE, f"{found[0].person.name}.vcf")


@require_GET
@acting
def workbook(request: HttpRequest, actor: Actor) -> HttpResponse:
    found = take_book(asked_in(request), by=actor, form="workbook")
    return download(wecom.workbook(found), XLSX, _("WeCom contact book") + ".xlsx")


def _card(entry: Entry) -> Card:
    return Card(
        uid=f"fenghuo-{settings.NODE}-{entry.pk}",
        name=entry.person.name,
        organisation=entry.unit.name,
        title=entry.title,
        mobile=entry.person.mobile,
        phone=entry.person.phone,
        email=entry.person.email,
        note="\n".join(entry.others),
    )
