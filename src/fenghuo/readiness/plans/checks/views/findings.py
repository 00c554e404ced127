"""What becomes of a finding: told to be put right, verified, or sent back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound, Refused, said_by
from fenghuo.kernel.submissions.services import Hand
from fenghuo.kernel.web.acting import acting

from ...models import Finding
from .. import selectors, services
from .items import page


def _correct(found: Finding, actor: Actor, said: QueryDict) -> object:
    """Who organises the check has no other way than paper that was brought."""
    text, by_hand = said.get("text", ""), services.may_enter(actor, found.item)
    hand = Hand(said.get("brought_by", "")) if by_hand else None
    return services.correct_finding(found, by=actor, text=text, hand=hand)


VERBS: dict[str, Callable[[Finding, Actor, QueryDict], object]] = {
    "correct": _correct,
    "verify": lambda found, actor, said: services.verify_finding(found, by=actor, text=said.get("text", "")),
    "send_back": lambda found, actor, said: services.send_back_finding(found, by=actor, text=said.get("text", "")),
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
        verb(found, actor, request.POST)
    except Refused as refused:
        typed = {**request.POST.dict(), "pk": pk}
        return page(request, actor, selectors.item_by(actor, number), faults=said_by(refused), typed=typed)
    messages.success(request, _("Noted."))
    return redirect("plans:check_item", number)
