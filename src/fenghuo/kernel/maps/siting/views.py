"""Where to build next: the page, a paper for a meeting, and the same as a workbook."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.decision.coverage import Measure
from fenghuo.decision.siting import Aim
from fenghuo.geo.roads.access import MODES
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.downloads import XLSX, download

from ..covering import saying
from ..covering.kinds import covers
from ..covering.places import towns
from ..covering.sheets import mode_word
from ..roads import current_graph
from ..sheet import Drawing, draw, frame_around
from . import presenting
from .asking import MOST_MINUTES, MOST_NEW, Asked, read
from .selectors import Found, siting_of
from .sheets import siting_book

PAGE, ON_PAPER = 25, 30


@require_GET
@acting
def siting(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What cannot be asked is said above the answer to the usual question; its field keeps what was given."""
    faults: tuple[Fault, ...] = ()
    try:
        asked = read(actor, request.GET)
    except Invalid as invalid:
        asked, faults = read(actor, {}), invalid.faults
    found = siting_of(actor, asked)
    given = {fault.field: fault.given for fault in faults}
    context = _filters(actor, asked) | {"faults": faults, "given": given} | _answer(found)
    if found.proposal is not None:
        context["page"] = Paginator(presenting.gains(found), PAGE).get_page(request.GET.get("page"))
        context["dots"] = presenting.dots(found)
    return render(request, "siting/siting.html", context, status=422 if faults else 200)


@require_GET
@acting
def paper(request: HttpRequest, actor: Actor) -> HttpResponse:
    """For a meeting: the question, the proposal, what speaks for it, and what is not known."""
    found = siting_of(actor, read(actor, request.GET))
    context = _filters(actor, found.asked) | _answer(found)
    if found.proposal is not None:
        gains = presenting.gains(found)
        context |= {"gains": gains[:ON_PAPER], "more": max(0, len(gains) - ON_PAPER), "drawing": _drawing(found)}
    return render(request, "siting/paper.html", context | {"actor": actor, "printed_at": timezone.now()})


@require_GET
@acting
def book(request: HttpRequest, actor: Actor) -> HttpResponse:
    found = siting_of(actor, read(actor, request.GET))
    name = _("Where to build next %(day)s") % {"day": timezone.localdate().isoformat()}
    return download(siting_book(found), XLSX, f"{name}.xlsx")


def _filters(actor: Actor, asked: Asked) -> dict[str, Any]:
    aims = {
        Aim.MEDIAN: _("the least time for all together"),
        Aim.COVER: _("the most people within the minutes"),
        Aim.CENTRE: _("the least time for the farthest"),
    }
    return {
        "asked": asked,
        "kinds": covers(actor),
        "choices": asked.cover.choices(),
        "choice_word": dict(asked.cover.choices()).get(asked.choice, ""),
        "aims": [(aim.value, words) for aim, words in aims.items()],
        "aim_word": aims[asked.aim],
        "most_new": MOST_NEW,
        "most_minutes": MOST_MINUTES,
        "modes": [(mode, mode_word(mode)) for mode in MODES],
        "mode_word": mode_word(asked.mode),
        "towns": towns(),
        "town_word": dict(towns()).get(asked.town, ""),
        "roads_loaded": current_graph() is not None,
    }


def _answer(found: Found) -> dict[str, Any]:
    if found.proposal is None:
        return {"found": found}
    return {
        "found": found,
        "worth": found.proposal.worth,
        "figures": presenting.figures(found.proposal, found.asked.minutes),
        "places": presenting.places(found),
        "curve": presenting.curve(found.proposal),
        "reasons": presenting.reasons(found.proposal),
        "unplaced": [found.villages[one.id] for one in found.proposal.unplaced],
        "bands": saying.bands(Measure.MINUTES, cut_off=bool(found.proposal.unreachable)),
    }


def _drawing(found: Found) -> Drawing:
    """Villages as dots without names, what exists by name, the new ones by number."""
    villages = [one for one in found.villages.values() if one.latitude is not None and one.longitude is not None]
    marks: list[tuple[Any, ...]] = [(one.latitude, one.longitude, "", "village") for one in villages]
    marks += [(one.latitude, one.longitude, one.name, "team") for one in found.existing.values()]
    marks += [(one.village.latitude, one.village.longitude, str(one.number), "new") for one in presenting.places(found)]
    frame = frame_around((one.latitude or 0.0, one.longitude or 0.0) for one in villages)
    return draw(frame, (), (), marks)
