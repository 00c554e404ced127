"""The receipt: on paper for the sender, with a code by which anyone can check it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import WrongState
from fenghuo.kernel.clocks.rulebook import rules as deadlines
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.witnesses import qr
from fenghuo.standards.sources import cited

from .. import selectors
from ..kinds import item_name, name_of, rules
from ..models import State, Submission
from ..presenting import rounds_of
from ..receipts import store_code
from ..receipts_pdf import receipt_pdf as made_pdf
from ..states import GOOD


@require_GET
@acting
def receipt(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    said = _said(actor, number)
    said["code"] = qr.svg(said["address"], _("Code to check this receipt"))
    return render(request, "submissions/receipt.html", said)


@require_GET
@acting
def receipt_pdf(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    said = _said(actor, number)
    answer = HttpResponse(made_pdf(said), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{said["one"].record.number}.pdf"'
    return answer


def _said(actor: Actor, number: str) -> dict[str, Any]:
    """Raises: NotFound, WrongState (nothing was accepted, so that there is no receipt)."""
    one = selectors.submission(actor, number)
    if one.state not in GOOD:
        raise WrongState(_("There is a receipt only for what was accepted."))
    rule = rules().get(one.kind)
    last = rounds_of(one)[0]
    inside = dict.fromkeys(item_name(row.item) if row.item else _("Other files") for row in last.enclosures.all())
    return {
        "one": one,
        "kind_name": name_of(one.kind),
        "cited": rule.cited if rule is not None else "",
        "inside": list(inside),
        "address": settings.BASE_URL + reverse("submissions:checked", args=[store_code(one)]),
        "printed_at": timezone.localtime(),
        "deemed": one.state == State.DEEMED,
        "deemed_by": _silence(one),
    }


def _silence(one: Submission) -> str:
    rule = rules().get(one.kind)
    law = deadlines().get(rule.silence) if rule is not None and rule.silence else None
    return cited(law.source, law.article, law.certainty("")) if law and one.state == State.DEEMED else ""
