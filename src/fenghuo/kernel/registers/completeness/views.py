"""Data completeness: the units that somebody may look into, worst first; one unit with the rows that lack something."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.registry.services import may_keep_unit
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.downloads import XLSX, download

from .rules import Asked, asked_rules
from .selectors import Figures, figures_of, gaps_of, units_seen
from .sheets import workbook

PAGE = 50


@require_GET
@acting
def units(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The table, worst first; those of which nothing is asked are left out."""
    require(actor, "registry.read")
    asked = asked_rules()
    rows = _rows(request, actor, asked)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shown": [(unit, figures, _worst(figures, asked)) for unit, figures in page],
        "kinds": UnitKind.choices,
        "kind": request.GET.get("kind", ""),
        "lacking_only": request.GET.get("lacking") == "yes",
        "address_query": request.GET.urlencode(),
        "whole": Figures(*_summed(rows)).percent,
    }
    return render(request, "registers/completeness/units.html", context)


@require_GET
@acting
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The same table with the same filters, a column a rule."""
    require(actor, "registry.read")
    asked = asked_rules()
    made = workbook(_rows(request, actor, asked), asked)
    name = _("Data completeness %(day)s.xlsx") % {"day": timezone.localdate().isoformat()}
    return download(made, XLSX, name)


@require_GET
@acting
def unit(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    require(actor, "registry.read")
    found = units_seen(actor).select_related("region__parent", "record").filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no such record, or you may not see it."))
    asked = asked_rules()
    figures = figures_of(Unit.objects.filter(pk=found.pk), asked).get(found.pk, Figures())
    gaps, more = gaps_of(found, actor, asked)
    context = {
        "unit": found,
        "figures": figures,
        "rules": [
            (one, figures.asked[one.rule.id], figures.lacking[one.rule.id])
            for one in asked
            if one.rule.id in figures.asked
        ],
        "gaps": gaps,
        "more": more,
        "may_keep": may_keep_unit(actor, found),
    }
    return render(request, "registers/completeness/unit.html", context)


def _rows(request: HttpRequest, actor: Actor, asked: list[Asked]) -> list[tuple[Unit, Figures]]:
    seen = units_seen(actor)
    if (kind := request.GET.get("kind", "")) in UnitKind.values:
        seen = seen.filter(kind=kind)
    figures = figures_of(seen, asked)
    rows = [(one, figures[one.pk]) for one in seen if one.pk in figures and figures[one.pk].percent is not None]
    if request.GET.get("lacking") == "yes":
        rows = [(one, said) for one, said in rows if said.gaps]
    return sorted(rows, key=lambda row: (row[1].percent, -row[1].gaps))


def _worst(figures: Figures, asked: list[Asked]) -> list[tuple[str, int]]:
    """What is lacking, in the words of the rules, most often first."""
    lacking = [(one.said, figures.lacking.get(one.rule.id, 0)) for one in asked]
    return sorted(((said, n) for said, n in lacking if n), key=lambda row: -row[1])


def _summed(rows: list[tuple[Unit, Figures]]) -> tuple[dict[str, int], dict[str, int]]:
    asked: dict[str, Any] = {}
    lacking: dict[str, Any] = {}
    for _unit, figures in rows:
        for rule, count in figures.asked.items():
            asked[rule] = asked.get(rule, 0) + count
            lacking[rule] = lacking.get(rule, 0) + figures.lacking[rule]
    return asked, lacking
