"""What will miss its day at this pace: a page, and the card for the matrix, which is loaded afterwards."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from fenghuo.decision.forecast import Caution, Forecast, caution_said, said, shortfall_said
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.web.acting import acting

from .. import selectors
from ..filtering import columns_wanted, offer, read
from ..forecasting import Outlook, Prospect, outlooks
from ..outlook_words import PROSPECTS
from .looking import leads_in, moment_of, year_of

ONE_BY_ONE = (Prospect.WILL_MISS, Prospect.OVERDUE, Prospect.NOT_STARTED, Prospect.TOO_FEW, Prospect.ON_PACE)


@require_GET
@acting
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    context = _context(request, actor)
    language = get_language() or "en"
    found: list[Outlook] = context.pop("found", [])
    parts = [(part, PROSPECTS[part], [one for one in found if one.prospect is part]) for part in Prospect]
    context["parts"] = [
        (part, word, part in ONE_BY_ONE, [_line(one, language) for one in ones]) for part, word, ones in parts if ones
    ]
    return render(request, "workplan/forecast.html", context)


@require_GET
@acting
def card(request: HttpRequest, actor: Actor) -> HttpResponse:
    context = _context(request, actor)
    found: list[Outlook] = context.pop("found", [])
    missing = [one for one in found if one.prospect is Prospect.WILL_MISS]
    context["missing"] = len(missing)
    context["clauses"] = list(dict.fromkeys(one.target.clause.number for one in missing))
    context["few"] = sum(one.prospect is Prospect.TOO_FEW for one in found)
    return render(request, "workplan/forecast_card.html", context)


def _context(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    require(actor, "workplans.read")
    moment = moment_of(request)
    plan = selectors.plan_of(actor, year_of(request), moment)
    if plan is None:
        return {"plan": None, "moment": moment}
    targets = selectors.targets_of(plan, moment)
    asked = offer(read(request.GET), plan, leads_in(targets))
    kept = [target for target in targets if asked.keeps(target)]
    found = outlooks(actor, plan, moment, targets=kept, wanted=columns_wanted(asked))
    return {"plan": plan, "moment": moment, "asked": asked, "group": asked.group, "found": found}


def _cautions(found: Forecast) -> list[Caution]:
    """Without what holds for all and stands at the foot of the page."""
    return [one for one in found.cautions if one is not Caution.SEASONS]


def _line(one: Outlook, language: str) -> dict[str, Any]:
    """One target with its sentence, and what should be known beside it."""
    found = one.found
    return {
        "one": one,
        "percent": 100 * one.value // one.quota if one.quota else None,
        "short": shortfall_said(found) if found is not None else "",
        "said": said(found, language) if found is not None else "",
        "cautions": [caution_said(one, found, language) for one in _cautions(found)] if found else [],
    }
