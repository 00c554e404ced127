"""The matrix, one cell of it, and a unit's own page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.measures.asking import Moment
from fenghuo.kernel.measures.registering import measure_of
from fenghuo.kernel.registry.selectors import unit_by_code
from fenghuo.kernel.web.acting import acting

from .. import selectors
from ..filtering import columns_wanted, group_shown, offer, read
from ..models import Target
from ..outlook_words import PAPERS, quarters
from ..papers import may_compare
from ..presenting import MOST_COLUMNS, PARTS, Owed, by_part, cards, columns_of, groups_in, owed_by, rows_of
from ..reckoning import OWED, Stand
from ..scopes import named_in
from ..selectors.cells import detail, first_lacks
from ..words import GROUPS, SIGNS, WORDS, column_name, figure, measure_said, quota_said, scope_said

MOST_NEXT = 6  # lines of a unit's page for which it is asked what is missing


@require_GET
@acting
def matrix(request: HttpRequest, actor: Actor) -> HttpResponse:
    require(actor, "workplans.read")
    moment = moment_of(request)
    plan = selectors.plan_of(actor, year_of(request), moment)
    if plan is None:
        day = moment.day if moment.past else None
        none = {"plan": None, "may_plan": selectors.may_plan(actor), "day": day}
        return render(request, "workplan/matrix.html", none)
    targets = selectors.targets_of(plan, moment)
    asked = offer(read(request.GET), plan, leads_in(targets))
    found = selectors.matrix(actor, plan, moment, targets=[one for one in targets if asked.keeps(one)])
    group = group_shown(asked, found)
    columns = columns_of(found, group, columns_wanted(asked))
    cut = columns[:MOST_COLUMNS]
    context = {
        "plan": plan,
        "asked": asked,
        "moment": moment,
        "cards": cards(found),
        "group": group,
        "groups": [(name, GROUPS[name]) for name in groups_in(found)],
        "columns": [(unit, column_name(unit)) for unit in cut],
        "tall": any(len(column_name(unit)) > 3 for unit in cut),
        "cut": len(columns) - len(cut),
        "rows": rows_of(found, cut),
        "targets": len(found.rows),
        "clauses": len({row.target.clause_id for row in found.rows}),
        "legend": [(stand.value, SIGNS[stand], WORDS[stand]) for stand in (*OWED, Stand.FREE, Stand.UNMEASURED)],
        "years": selectors.years(actor),
        "may_change": selectors.keeps_plan(actor, plan),
        "may_compare": _may_compare(actor, found, len(targets)),
        "quarters": quarters(plan, moment.day),
        "papers": PAPERS.items(),
        "own": _own(actor, found),
        "own_unit": actor.unit_id,
    }
    return render(request, "workplan/matrix.html", context)


@require_GET
@acting
def cell(request: HttpRequest, actor: Actor, pk: int, code: str) -> HttpResponse:
    """Which records count, what is missing and where it is made, what counts no longer."""
    target, moment = selectors.target_by(actor, pk), moment_of(request)
    found = detail(actor, target, _unit(code), moment)
    plan = target.clause.plan
    plan.record.refresh_from_db()
    context = {
        "plan": plan,
        "target": target,
        "unit": found.cell.unit,
        "reading": found.cell.reading,
        "stand": found.cell.reading.stand,
        "sign": SIGNS[found.cell.reading.stand],
        "word": WORDS[found.cell.reading.stand],
        "figure": figure(target, found.cell.reading),
        "parts": found.parts,
        "moment": moment,
        "several": len(found.parts) > 1,
        "changes": _changes(target),
        **_said(target),
    }
    return render(request, "workplan/cell.html", context)


@require_GET
@acting
def unit_page(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    """What it owes, by when, what counts already, what is next."""
    require(actor, "workplans.read")
    unit, moment = _unit(code), moment_of(request)
    plan = selectors.plan_of(actor, year_of(request), moment)
    lines = owed_by(selectors.matrix(actor, plan, moment), unit) if plan is not None else []
    parts = by_part(lines)
    owed = [line for line in lines if line.reading.stand in OWED]
    context = {
        "unit": unit,
        "plan": plan,
        "moment": moment,
        "parts": [(part, parts[part]) for part in PARTS if parts[part]],
        "done": len(parts["done"]),
        "owed": len(owed),
        "late": len(parts["late"]),
        "percent": 100 * len(parts["done"]) // len(owed) if owed else None,
        "next": _next(actor, unit, lines, moment),
        "own": unit.pk == actor.unit_id,
        "day": request.GET.get("day", ""),
    }
    return render(request, "workplan/unit.html", context)


@require_GET
@acting
def mine(request: HttpRequest, actor: Actor) -> HttpResponse:
    unit = Unit.objects.filter(pk=actor.unit_id).first()
    return redirect("workplan:unit", unit.code) if unit is not None else redirect("workplan:matrix")


def _may_compare(actor: Actor, found: selectors.Matrix, targets: int) -> bool:
    """Whether papers are offered; where targets are filtered out it is not known whether he sees all."""
    return selectors.keeps_plan(actor, found.plan) or (len(found.rows) == targets and may_compare(found))


def _next(actor: Actor, unit: Unit, lines: list[Owed], moment: Moment) -> list[tuple[Owed, Any]]:
    """The most urgent lines that are not reached, with what is missing first."""
    if moment.past:
        return []
    urgent = [line for line in lines if line.part in ("late", "soon", "later")][:MOST_NEXT]
    return [(line, first_lacks(actor, line.target, unit, moment)) for line in urgent]


def _said(target: Target) -> Mapping[str, Any]:
    named = named_in(target)
    return {
        "quota": quota_said(target),
        "scope": scope_said(target, named),
        "measure": measure_said(target),
        "measured": measure_of(target.measure) is not None,
        "lead": named.lead,
        "support": named.support,
    }


def _changes(target: Target) -> list[Target]:
    """The wordings before this one, the newest first; each with its reason. A query for each."""
    found, before = [target], target.replaces_id
    while before is not None and len(found) < 20:
        older = Target.objects.filter(pk=before).first()
        if older is None:
            break
        found.append(older)
        before = older.replaces_id
    return found if len(found) > 1 or target.reason else []


def _own(actor: Actor, found: selectors.Matrix) -> tuple[Unit, int, int] | None:
    """The actor's own unit with how much it owes and has reached."""
    unit = next((unit for unit in found.units if unit.pk == actor.unit_id), None)
    if unit is None:
        return None
    cells = [row.cells[unit.pk].reading.stand for row in found.rows if unit.pk in row.cells]
    return unit, sum(stand is Stand.DONE for stand in cells), sum(stand in OWED for stand in cells)


def leads_in(targets: list[Target]) -> dict[str, str]:
    return {unit.code: unit.short_name or unit.name for target in targets for unit in named_in(target).lead}


def _unit(code: str) -> Unit:
    """Raises: NotFound."""
    found = unit_by_code(code.replace("\x00", ""))
    found = found or Unit.objects.select_related("region", "record").filter(code=code.replace("\x00", "")).first()
    if found is None:
        raise NotFound(_("There is no unit with this code."))
    return found


def moment_of(request: HttpRequest) -> Moment:
    """Of the day in the address; now without one, or with one that cannot be read, or is still to come."""
    try:
        day = parse_date(request.GET.get("day", "")[:10])
    except ValueError:
        day = None
    return Moment.end_of(day) if day is not None and day.year >= 1950 else Moment.now()


def year_of(request: HttpRequest) -> int | None:
    said = request.GET.get("year", "")
    return int(said) if said.isdecimal() and len(said) == 4 else None
