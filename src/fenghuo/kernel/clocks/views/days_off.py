"""The year's days off: the State Council's notice is pasted, read, shown, and then put in force."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.web.acting import acting
from fenghuo.standards.calendar import Calendar, Table, read_notice

from ..calendar_years import missing_years
from ..forms import NoticeForm, show
from ..models import DaysOff
from ..rulebook import rules
from ..services import preview_change, rules_with_notice, set_days_off
from .effects import effect_of


@require_http_methods(["GET", "POST"])
@acting
def days_off(request: HttpRequest, actor: Actor) -> HttpResponse:
    require(actor, "clocks.read")
    form, table, effect = NoticeForm(), None, None
    if request.method == "POST":
        require(actor, "clocks.rules")
        form = NoticeForm(request.POST)
        if form.is_valid():
            said = form.cleaned_data
            try:
                if request.POST.get("step") == "confirm":
                    made = set_days_off(said["notice"], by=actor, year=said["year"])
                    messages.success(request, _("The days off of %(year)s are in force.") % {"year": made.year})
                    return redirect("clocks:days_off")
                after = rules_with_notice(said["notice"], said["year"])
                table, effect = read_notice(said["notice"], said["year"]), effect_of(preview_change(rules(), after))
            except Refused as refused:
                show(form, refused)
    context = {
        "form": form if actor.may("clocks.rules") else None,
        "read": _told(table) if table else None,
        "effect": effect,
        "tables": _tables(rules().calendar),
        "missing": missing_years(),
    }
    return render(request, "clocks/days_off.html", context, status=422 if form.errors else 200)


def _told(table: Table) -> dict[str, Any]:
    by_name: dict[str, list[date]] = {}
    for day in sorted(table.off):
        by_name.setdefault(table.names.get(day, ""), []).append(day)
    return {
        "year": table.year,
        "number": table.number,
        "off": [(name, list(_runs(days))) for name, days in by_name.items()],
        "work": sorted(table.work),
    }


def _runs(days: Iterable[date]) -> Iterable[tuple[date, date]]:
    """Days one after the other, as first and last."""
    for _key, group in groupby(enumerate(days), lambda one: one[1].toordinal() - one[0]):
        run = [day for _place, day in group]
        yield run[0], run[-1]


def _tables(calendar: Calendar) -> list[dict[str, Any]]:
    pasted = {row.year: row for row in DaysOff.objects.all()}
    return [
        {
            "year": year,
            "own": pasted.get(year),
            "runs": list(_runs(sorted(day for day in calendar.off if day.year == year))),
            "work": sorted(day for day in calendar.work if day.year == year),
        }
        for year in sorted(calendar.years, reverse=True)
    ]
