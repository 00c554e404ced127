"""Supervision letters: the list, new ones to those who lag, one with its answer, on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotAllowed, Refused, said_by
from fenghuo.kernel.assignments.models import Assignment
from fenghuo.kernel.assignments.selectors import assignments, with_answers
from fenghuo.kernel.clocks.models import Clock
from fenghuo.kernel.measures.asking import Moment
from fenghuo.kernel.web.acting import acting

from .. import selectors, services
from ..models import Letter, LetterTarget, WorkPlan
from ..reckoning import Stand
from ..selectors import Cell
from ..selectors.letters import Lag, Lagging
from ..services.letters import MOST_TEXT, RULE
from ..words import SIGNS, quota_said, stand_word

MOST_SHOWN = 200


@require_GET
@acting
def letters(request: HttpRequest, actor: Actor) -> HttpResponse:
    found = list(selectors.letters(actor)[:MOST_SHOWN])
    plan = selectors.plan_of(actor, None, Moment.now())
    may = plan is not None and selectors.keeps_plan(actor, plan)
    keys = [one.pk for one in found]
    orders: dict[int, list[Assignment]] = {}
    for order in assignments(actor, about=keys) if keys else ():
        orders.setdefault(order.about_id, []).append(order)
    clocks = _clocks(keys)
    rows = [(one, orders.get(one.pk, []), clocks.get(one.pk)) for one in found]
    return render(request, "workplan/letters.html", {"rows": rows, "may_send": may, "now": timezone.now()})


@require_http_methods(["GET", "POST"])
@acting
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What was chosen and typed is kept when it is refused."""
    plan = selectors.plan_of(actor, None, Moment.now())
    if plan is None or not selectors.keeps_plan(actor, plan):
        raise NotAllowed(_("Only the unit whose plan it is may send supervision letters."))
    chosen, text, faults = set(request.POST.getlist("about")), request.POST.get("text", ""), []
    if request.method == "POST":
        try:
            made = services.send_letters(plan, _wanted(chosen), by=actor, text=text)
        except NotAllowed:
            raise
        except Refused as refused:
            faults = said_by(refused)
        else:
            said = ngettext("%(n)s letter was sent.", "%(n)s letters were sent.", len(made))
            messages.success(request, said % {"n": len(made)})
            return redirect("workplan:letters")
    context = _choices(actor, plan) | {"plan": plan, "chosen": chosen, "text": text, "faults": faults}
    return render(request, "workplan/new_letters.html", context, status=422 if faults else 200)


@require_GET
@acting
def letter(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    return render(request, "workplan/letter.html", _context(actor, selectors.letter_by_number(actor, number)))


@require_GET
@acting
def paper(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    context = _context(actor, selectors.letter_by_number(actor, number)) | {"actor": actor}
    return render(request, "workplan/letter_paper.html", context)


@require_http_methods(["POST"])
@acting
def withdraw(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = selectors.letter_by_number(actor, number)
    reason = request.POST.get("reason", "")
    try:
        services.withdraw_letter(found, by=actor, reason=reason)
    except NotAllowed:
        raise
    except Refused as refused:
        context = _context(actor, found) | {"faults": said_by(refused), "reason": reason}
        return render(request, "workplan/letter.html", context, status=refused.status)
    messages.success(request, _("The letter was withdrawn."))
    return redirect("workplan:letter", number)


def _wanted(chosen: set[str]) -> dict[int, list[int]]:
    """From “unit-target”; what is nothing of the kind is passed over, and then there is nothing to send."""
    wanted: dict[int, list[int]] = {}
    for one in sorted(chosen):
        unit, _sign, target = one.partition("-")
        if unit.isdecimal() and target.isdecimal() and len(one) < 40:
            wanted.setdefault(int(unit), []).append(int(target))
    return wanted


def _choices(actor: Actor, plan: WorkPlan) -> dict[str, Any]:
    lagging = selectors.lagging_in(selectors.matrix(actor, plan, Moment.now()))
    rows = [
        (
            one,
            [_line(one, lag) for lag in one.lags if _late(lag)],
            [_line(one, lag) for lag in one.lags if not _late(lag)],
        )
        for one in lagging
    ]
    return {
        "overdue": [row for row in rows if row[1]],
        "others": [row for row in rows if not row[1]],
        "most_text": MOST_TEXT,
    }


def _late(lag: Lag) -> bool:
    return lag.reading.stand is Stand.OVERDUE


def _line(one: Lagging, lag: Lag) -> tuple[str, Lag, str]:
    """What its box says when it is ticked, and its sign."""
    return f"{one.unit.pk}-{lag.target.pk}", lag, SIGNS[lag.reading.stand]


def _context(actor: Actor, found: Letter) -> dict[str, Any]:
    """How each target stood then, and how it stands now."""
    targets = [row.target for row in found.rows.all()]
    now = {row.target.pk: row.cells.get(found.to_id) for row in _rows_now(actor, found, {one.pk for one in targets})}
    return {
        "letter": found,
        "rows": [_row(row, now.get(row.target_id)) for row in found.rows.all()],
        "now": timezone.now(),
        "orders": list(with_answers(assignments(actor, about=[found.pk]))),
        "due": _clocks([found.pk]).get(found.pk),
        "keeps": selectors.keeps_plan(actor, found.plan),
        "sender": found.plan.record.unit,
    }


def _row(row: LetterTarget, cell: Cell | None) -> tuple[LetterTarget, str, Cell | None, str, str]:
    """With what is asked, how it stands now, and that as sign and word."""
    stand = cell.reading.stand if cell is not None else None
    return row, quota_said(row.target), cell, SIGNS[stand] if stand else "", stand_word(stand) if stand else ""


def _rows_now(actor: Actor, found: Letter, keys: set[int]) -> list[Any]:
    targets = [one for one in selectors.targets_of(found.plan) if one.pk in keys]
    return list(selectors.matrix(actor, found.plan, Moment.now(), targets=targets).rows)


def _clocks(keys: list[int]) -> dict[int, Clock]:
    """The time to answer, by letter."""
    return {clock.record_id: clock for clock in Clock.objects.filter(record__in=keys, rule=RULE)}
