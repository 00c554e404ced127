"""A round in sum, as a page and as a workbook."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.downloads import XLSX, download

from ...models import CheckRound
from ...words import WHO_WORDS
from ..questions import question_said
from ..selectors import items, round_by
from ..sheets import summary_book
from ..summary import by_part, summary, total


@require_GET
@acting
def show(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = round_by(actor, number)
    table, words = summary(actor, found), _words(found)
    by_question = by_part(table, 2)
    seen = items(actor).filter(round=found)
    context = {
        "round": found,
        "total": total(table.values()),
        "units": seen.count(),
        "units_checked": seen.filter(state="checked").count(),
        "tables": [
            (_("By town"), _("Town"), [(name or _("no town"), row) for name, row in sorted(by_part(table, 0).items())]),
            (_("By kind of unit"), _("Kind of unit"), [(WHO_WORDS.get(k, k), v) for k, v in by_part(table, 1).items()]),
            (_("By question"), _("Question"), [(words[k], by_question[k]) for k in words if k in by_question]),
        ],
    }
    return render(request, "plans/checks/summary.html", context)


@require_GET
@acting
def book(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = round_by(actor, number)
    name = _("Check of plans %(number)s.xlsx") % {"number": number}
    return download(summary_book(summary(actor, found), _words(found)), XLSX, name)


def _words(found: CheckRound) -> dict[str, str]:
    return {row.question: question_said(row) for row in found.question_rows.all()}
