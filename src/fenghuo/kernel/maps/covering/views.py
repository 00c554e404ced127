"""Who is within reach: the page, and the same as a workbook or a table."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.decision.coverage import Measure, threshold_said
from fenghuo.geo.roads.access import MODES
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.downloads import XLSX, download

from ..roads import current_graph
from . import presenting, saying, sheets
from .asking import STEPS, Asked, read, usual
from .kinds import covers
from .places import towns
from .selectors import Found, coverage_of

PAGE = 25
CSV = "text/csv; charset=utf-8"


@require_GET
@acting
def coverage(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What cannot be asked is said above the answer to the usual question; its field keeps what was given."""
    faults: tuple[Fault, ...] = ()
    try:
        asked = read(actor, request.GET)
    except Invalid as invalid:
        asked, faults = usual(actor), invalid.faults
    found = coverage_of(actor, asked)
    context = _filters(actor, asked) | {"faults": faults, "found": found, "roads_loaded": current_graph() is not None}
    if found.coverage is not None:
        context |= _answer(found, request.GET.get("page"))
    return render(request, "covering/coverage.html", context, status=422 if faults else 200)


@require_GET
@acting
def book(request: HttpRequest, actor: Actor) -> HttpResponse:
    found = coverage_of(actor, read(actor, request.GET))
    return download(sheets.coverage_book(found), XLSX, _file_name(".xlsx"))


@require_GET
@acting
def table(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The rows of the workbook as CSV; cells that a spreadsheet would take for a formula are made text."""
    found = coverage_of(actor, read(actor, request.GET))
    return download(sheets.coverage_csv(found), CSV, _file_name(".csv"))


def _file_name(ending: str) -> str:
    return _("Who is within reach %(day)s") % {"day": timezone.localdate().isoformat()} + ending


def _filters(actor: Actor, asked: Asked) -> dict[str, Any]:
    return {
        "asked": asked,
        "kinds": covers(actor),
        "choices": asked.cover.choices(),
        "minutes": sorted({*STEPS[Measure.MINUTES], *([asked.most] if asked.measure is Measure.MINUTES else [])}),
        "metres": sorted({*STEPS[Measure.METRES], *([asked.most] if asked.measure is Measure.METRES else [])}),
        "modes": [(mode, sheets.mode_word(mode)) for mode in MODES],
        "towns": towns(),
        "in_minutes": asked.measure is Measure.MINUTES,
    }


def _answer(found: Found, page: str | None) -> dict[str, Any]:
    coverage = found.coverage
    assert coverage is not None
    shown = presenting.rows(found)
    within = found.within
    assert within is not None
    return {
        "within": within,
        "percent": saying.percent(within.share),
        "people": saying.people_said(within.people, len(within.covered)),
        "people_percent": saying.percent(within.people_share),
        "people_missing": saying.people_said(within.people_uncovered, len(within.uncovered)),
        "cut_off": len(coverage.unreachable),
        "reckoned": len(within.covered) + len(within.uncovered),
        "step": threshold_said(within.threshold, saying.language()),
        "steps": presenting.steps(found),
        "reasons": presenting.reasons(found),
        "hanging": presenting.hanging(found),
        "unplaced": [found.villages[one.id] for one in coverage.unplaced],
        "unplaced_sites": [found.sites[one.id] for one in coverage.unplaced_sites],
        "guessed": sum(one.estimated for one in found.villages.values() if one.latitude is not None),
        "page": Paginator(shown, PAGE).get_page(page),
        "bands": saying.bands(found.asked.measure, cut_off=bool(coverage.unreachable)),
        "dots": presenting.dots(found, shown),
    }
