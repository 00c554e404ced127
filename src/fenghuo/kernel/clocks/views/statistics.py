"""How duties were kept: by unit and rule on a page, and as a table for a spreadsheet."""

import csv
from io import StringIO
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.templatetags.fenghuo import span
from fenghuo.kernel.web.words import listed

from .. import listing
from ..lateness import LateWhy
from ..selectors import duty_said
from ..statistics import Row, total
from ..statistics import statistics as count

FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_GET
@acting
def statistics(request: HttpRequest, actor: Actor) -> HttpResponse:
    require(actor, "clocks.read")
    said = listing.asked(request.GET.dict())
    for wrong in said.wrong:
        messages.error(
            request,
            _("“%(given)s” is no period: write days as 2026-05-12, the first before the last.") % {"given": wrong},
        )
    rows = count(actor, said)
    context = {"asked": said, "rows": [_shown(row) for row in rows], "total": total(rows)}
    return render(request, "clocks/statistics.html", context)


@require_GET
@acting
def table(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The same as CSV; cells that a spreadsheet would take for a formula are made text."""
    require(actor, "clocks.read")
    rows = count(actor, listing.asked(request.GET.dict()))
    made = StringIO()
    writer = csv.writer(made)
    writer.writerow([_cell(head) for head in _heads()])
    for row in rows:
        writer.writerow([_cell(value) for value in _values(row)])
    answer = HttpResponse("\ufeff" + made.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="deadlines-{timezone.localdate():%Y%m%d}.csv"'
    return answer


def _shown(row: Row) -> dict[str, Any]:
    return {
        "it": row,
        "what": " → ".join(filter(None, duty_said(row.rule))),
        "median": span(row.median_late_s) if row.median_late_s is not None else "",
        "worst": span(row.worst_late_s) if row.worst_late_s is not None else "",
        "reasons": _reasons(row),
    }


def _reasons(row: Row) -> str:
    words = dict(LateWhy.choices)
    return listed(f"{words.get(why, why)} {n}" for why, n in sorted(row.reasons.items(), key=lambda one: -one[1]))


def _heads() -> list[str]:
    return [
        *(_("Unit code"), _("Unit"), _("Rule"), _("What is due"), _("Begun"), _("done in time"), _("done late")),
        *(_("Median lateness, minutes"), _("Worst lateness, minutes"), _("running"), _("overdue"), _("not done")),
        *(_("no longer due"), _("late, no reason given"), _("Reasons")),
    ]


def _values(row: Row) -> list[str | int]:
    late = ("" if value is None else value // 60 for value in (row.median_late_s, row.worst_late_s))
    return [
        *(row.unit_code, row.unit_name, row.rule, " → ".join(filter(None, duty_said(row.rule)))),
        *(row.started, row.in_time, row.late, *late, row.running, row.overdue, row.missed, row.let_go),
        *(row.unexplained, _reasons(row)),
    ]


def _cell(value: str | int) -> str | int:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
