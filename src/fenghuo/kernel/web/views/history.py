"""The whole history of one record: filtered, page by page, and as a paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid
from fenghuo.kernel.journal.history import History, history_of, record_read, units_acting
from fenghuo.kernel.journal.lines import Shown

from ..acting import acting
from ..addresses import address_of
from ..history import HistoryForm, relations, told

PAGE = 100
PRINTED = 2000  # lines on one paper


@require_GET
@acting
def history(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """`?print=1`: as a paper for A4, all on one page."""
    record, reach = record_read(actor, pk)
    form = HistoryForm(request.GET, units=units_acting(record))
    paper = request.GET.get("print") == "1"
    found = History([])
    if form.is_valid():
        words = form.cleaned_data["q"].strip()

        def fitting(read: list[Shown]) -> list[Shown]:
            return [one.it for one in told(read) if one.holds(words)]

        try:
            found = history_of(
                record,
                reach,
                form.wanted,
                newest_first=not form.cleaned_data["order"],
                after=None if paper else form.cleaned_data["after"],
                limit=PRINTED if paper else PAGE,
                fitting=fitting if words else None,
                also=relations(),
            )
        except Invalid as refused:
            form.add_error(None, str(refused.faults[0].message))
    context: dict[str, Any] = {
        "record": record,
        "page_of_record": address_of(record),
        "form": form,
        "found": found,
        "lines": told(found.shown),
        "filtered": any(form.data.get(name) for name in ("kind", "unit", "since", "until", "q")),
        "printed_at": timezone.now(),
        "actor": actor,
        "most": PRINTED,
    }
    template = "web/history/paper.html" if paper else "web/history/page.html"
    return render(request, template, context, status=200 if form.is_valid() else 422)
