"""The matrix of coverage, what is lacking behind each figure, and reminding those who lack it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.registry.selectors import region_by_code
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.downloads import XLSX, download
from fenghuo.kernel.web.words import subject_name
from fenghuo.standards.plan_duties import ENTRIES

from ..duties import rules_in_force
from ..models import DutyState
from ..presenting import drawn, pins, town_pins
from ..selectors.coverage import Cell, Coverage, coverage, lacking
from ..selectors.trend import line_of, trend
from ..services import may_remind, remind
from ..services.reminding import AGAIN_AFTER, remindable
from ..sheets import coverage_book, lacking_book
from ..words import WHO_WORDS, duty_said, plan_kind_name

PAGE = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell with the list behind it. `word`: its column, for screens where there are none."""

    cell: Cell | None
    word: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    url: str
    cells: list[Shown]


FILTERS = ("region", "subject", "who", "state", "q")


@require_GET
@acting
def matrix(request: HttpRequest, actor: Actor) -> HttpResponse:
    by = "line" if request.GET.get("by") == "line" else "block"
    found = coverage(actor)
    line = line_of(actor)
    course = trend(actor, found.entries, line)
    context = {
        "by": by,
        "columns": [(who, WHO_WORDS[who]) for who in _columns(found, by)],
        "rows": _rows(found, by),
        "total": _row("", "", found.columns, found.total, found.whole) if by == "block" else None,
        "whole": found.whole,
        "entries": found.entries,
        "by_entry": [(who, WHO_WORDS[who], found.total[who]) for who in ENTRIES if who in found.total],
        "course": drawn(course),
        "course_of": subject_name(line) if line else "",
        "map_data": {"points": town_pins(found) if len(found.towns) > 2 else pins(lacking(actor))},
        "may_remind": may_remind(actor),
        "rules": [(duty_said(rule), plan_kind_name(rule.plan), rule.cited) for rule in rules_in_force()],
    }
    return render(request, "plans/coverage.html", context)


@require_GET
@acting
def matrix_book(request: HttpRequest, actor: Actor) -> HttpResponse:
    by = "line" if request.GET.get("by") == "line" else "block"
    name = _("Plan coverage %(day)s.xlsx") % {"day": timezone.localdate().isoformat()}
    return download(coverage_book(coverage(actor), by), XLSX, name)


@require_GET
@acting
def lacking_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    asked = _asked(request.GET)
    found = _found(actor, asked)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    reminds = may_remind(actor)
    context = {
        "page": page,
        "asked": asked,
        "title": _title(asked),
        "whos": WHO_WORDS.items(),
        "states": [(state.value, state.label) for state in DutyState],
        "kinds": {row.plan_kind: plan_kind_name(row.plan_kind) for row in page},
        "rows": [(row, plan_kind_name(row.plan_kind), WHO_WORDS.get(row.who, row.who)) for row in page],
        "may_remind": reminds,
        "to_remind": found.filter(remindable()).values("unit").distinct().count() if reminds else 0,
        "again_days": AGAIN_AFTER.days,
        "address_query": _query(asked),
    }
    return render(request, "plans/lacking.html", context)


@require_GET
@acting
def lacking_list_book(request: HttpRequest, actor: Actor) -> HttpResponse:
    name = _("Units that lack a plan %(day)s.xlsx") % {"day": timezone.localdate().isoformat()}
    return download(lacking_book(_found(actor, _asked(request.GET)).iterator(chunk_size=1000)), XLSX, name)


@require_POST
@acting
def remind_all(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All that the filters of the page show, in one act."""
    asked = _asked(request.POST)
    try:
        told = remind(list(_found(actor, asked).values_list("pk", flat=True)), by=actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse('plans:lacking')}?{_query(asked)}")
    said = ngettext("%(n)s unit was reminded.", "%(n)s units were reminded.", told.units) % {"n": told.units}
    if told.unreachable:
        said += " " + _("%(n)s of them cannot be reached: telephone them, and enter their number.") % {
            "n": told.unreachable
        }
    if told.left:
        said += " " + _("%(n)s are left: press once more.") % {"n": told.left}
    messages.success(request, said)
    return redirect(f"{reverse('plans:lacking')}?{_query(asked)}")


def _columns(found: Coverage, by: str) -> tuple[str, ...]:
    """Those that have something in this view: villages stand in no line."""
    if by == "block":
        return found.columns
    return tuple(who for who in found.columns if any(who in cells for _line, cells, _whole in found.lines))


def _rows(found: Coverage, by: str) -> list[Row]:
    columns = _columns(found, by)
    if by == "line":
        return [
            _row(subject_name(subject), f"subject={subject}", columns, cells, whole)
            for subject, cells, whole in found.lines
        ]
    return [
        _row(
            region.name if region else _("county level"),
            f"region={region.code if region else '-'}",
            columns,
            cells,
            whole,
        )
        for region, cells, whole in found.towns
    ]


def _row(name: str, asked: str, columns: Iterable[str], cells: Mapping[str, Cell], whole: Cell) -> Row:
    page = reverse("plans:lacking")
    shown = [Shown(whole, _("All"), f"{page}?{asked}")]
    for who in columns:
        address = "&".join(part for part in (asked, f"who={who}") if part)
        shown.append(Shown(cells.get(who), str(WHO_WORDS[who]), f"{page}?{address}"))
    return Row(name, f"{page}?{asked}", shown)


def _asked(said: QueryDict) -> dict[str, str]:
    return {name: said.get(name, "")[:100].replace("\x00", "") for name in FILTERS}


def _found(actor: Actor, asked: dict[str, str]) -> Any:
    return lacking(
        actor,
        region=asked["region"],
        subject=asked["subject"],
        who=asked["who"],
        state=asked["state"],
        text=asked["q"],
    )


def _query(asked: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in asked.items() if value})
    return query.urlencode()


def _title(asked: dict[str, str]) -> str:
    """Of what this is the list, as far as the filters say it."""
    region: Region | None = region_by_code(asked["region"])
    parts = [
        region.name if region else _("county level") if asked["region"] == "-" else "",
        subject_name(asked["subject"]) if asked["subject"] else "",
        str(WHO_WORDS.get(asked["who"], "")),
    ]
    return " · ".join(part for part in parts if part)
