"""The auditor's pages: search the whole journal, read one entry, take out what was found.

Searching and reading here is not put on record: the sentences hold nothing personal, and an entry for each look would
soon outnumber the acts that the journal is there to tell of. What leaves the house (an export) and what is personal
(private values) is put on record, with who, when, what for and which part.
"""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotFound, Refused
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.exporting import MOST, export_entries
from fenghuo.kernel.journal.lines import Shown
from fenghuo.kernel.journal.naming import verb_word
from fenghuo.kernel.journal.reach import Reach, reach_of
from fenghuo.kernel.journal.searching import COUNTED, PAGE, Found, count_of, entry_at, search
from fenghuo.kernel.journal.services import read_private
from fenghuo.kernel.journal.signing import fingerprint, public_key

from ..acting import acting
from ..journal_form import JournalForm
from ..journal_who import options


@require_GET
@acting
def journal(request: HttpRequest, actor: Actor) -> HttpResponse:
    require(actor, "journal.search")
    reach = reach_of(actor)
    return _page(request, actor, reach, JournalForm(request.GET, reach))


@require_GET
@acting
def who_options(request: HttpRequest, actor: Actor) -> HttpResponse:
    require(actor, "journal.search")
    typed = request.GET.get("who", "").replace("\x00", "")[:100]
    return render(request, "web/journal/who_options.html", {"found": options(reach_of(actor), typed)})


@require_POST
@acting
def export(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """A signed ZIP of all that the filter finds."""
    require(actor, "journal.export")
    reach = reach_of(actor)
    form = JournalForm(request.POST, reach)
    if form.is_valid():
        try:
            made = export_entries(reach, form.wanted, by=actor)
        except Invalid as refused:
            form.add_error("until", str(refused.faults[0].message))
        else:
            return FileResponse(made.file, as_attachment=True, filename=made.name, content_type="application/zip")
    return _page(request, actor, reach, form)


@require_GET
@acting
def entry(request: HttpRequest, actor: Actor, position: int) -> HttpResponse:
    require(actor, "journal.search")
    return _entry_page(request, actor, entry_at(reach_of(actor), position))


@require_POST
@acting
def private(request: HttpRequest, actor: Actor, position: int) -> HttpResponse:
    """The personal values of an entry, with a reason; the reading itself goes on record."""
    require(actor, "journal.search")
    shown = entry_at(reach_of(actor), position)
    reason = request.POST.get("reason", "").replace("\x00", "")[:500]
    try:
        value = read_private(shown.line.entry, by=actor, reason=reason)
    except Invalid as refused:
        return _entry_page(request, actor, shown, fault=str(refused.faults[0].message), status=422)
    except NotFound as gone:
        messages.error(request, str(gone))
        return redirect("web:journal_entry", position)
    except Refused as refused:
        return _entry_page(request, actor, shown, fault=str(refused), reason=reason, status=refused.status)
    return _entry_page(request, actor, shown, value=value)


def _page(request: HttpRequest, actor: Actor, reach: Reach, form: JournalForm) -> HttpResponse:
    found = Found([], None)
    count = 0
    if form.is_valid():
        try:
            before = form.cleaned_data["before"]
            found = search(reach, form.wanted, before=before)
            # Counted once, on the first page, and not at all when everything is on it.
            count = count_of(reach, form.wanted) if found.next and before is None else len(found.shown)
        except Invalid as refused:
            form.add_error(None, str(refused.faults[0].message))
    valid = form.is_valid()
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "rows": [(one, verb_word(one.line.verb)) for one in found.shown],
        "later": bool(valid and form.cleaned_data["before"]),
        "count": count,
        "counted": COUNTED,
        "page_size": PAGE,
        "most": MOST,
        "may_export": actor.may("journal.export"),
        "everything": reach.everything,
        "fingerprint": fingerprint(public_key()),
    }
    return render(request, "web/journal/journal.html", context, status=200 if valid else 422)


def _entry_page(
    request: HttpRequest,
    actor: Actor,
    shown: Shown,
    *,
    value: dict[str, Any] | None = None,
    fault: str = "",
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "it": shown,
        "act": verb_word(shown.line.verb),
        "may_read_private": shown.line.has_private and actor.may("journal.read_private"),
        "value": flat(value) if value is not None else None,
        "fault": fault,
        "reason": reason,
    }
    return render(request, "web/journal/entry.html", context, status=status)


def flat(value: Any, name: str = "") -> list[tuple[str, str]]:
    """Nested values as rows: (caller.name, 张三)."""
    if isinstance(value, dict):
        return [row for key, item in value.items() for row in flat(item, f"{name}.{key}".lstrip("."))]
    if isinstance(value, list):
        return [row for place, item in enumerate(value, 1) for row in flat(item, f"{name}.{place}".lstrip("."))]
    return [(name, "–" if value is None else str(value))]
