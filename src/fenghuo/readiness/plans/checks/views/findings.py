"""What becomes of a finding: told to be put right, verified, or sent back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound, Refused, said_by
from fenghuo.kernel.web.acting import acting

from .. import selectors, services
from .items import page

VERBS = {
    "correct": services.correct_finding,
    "verify": services.verify_finding,
    "send_back": services.send_back_finding,
}


@require_POST
@acting
def act(request: HttpRequest, actor: Actor, number: str, pk: int) -> HttpResponse:
    item = selectors.item_by(actor, number)
    found = selectors.finding_of(item, pk)
    verb = VERBS.get(request.POST.get("do", ""))
    if verb is None:
        raise NotFound(_("There is no such check, or you may not see it."))
    try:
        verb(found, by=actor, text=request.POST.get("text", ""))
    except Refused as refused:
        return page(request, actor, selectors.item_by(actor, number), faults=said_by(refused))
    messages.success(request, _("Noted."))
    return redirect("plans:check_item", number)
