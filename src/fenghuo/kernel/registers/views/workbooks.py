"""Excel in and out: what was brought, what the dry run found, what columns mean, and letting the right rows in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.downloads import XLSX, download

from ..asking import Unusable, read_query
from ..declaring import Register
from ..exporting import file_name, write_rows
from ..finding import register_for
from ..importing import files, services
from ..importing.applying import apply_for
from ..importing.handing import marked_copy
from ..importing.reading import read_file, read_here
from ..importing.selectors import import_of, imports_of, progress, wrong_rows
from ..importing.whose import require_importing
from ..models import Import, ImportState
from ..writing import asked_of

READ_AT_ONCE = 200 * 1024  # bytes of a file that is read while its sender waits; the worker reads larger ones
APPLIED_AT_ONCE_S = 1.5
WRONG_A_PAGE = 50
LISTED = 100


@require_GET
@acting
def export(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """The list as it is asked for, with every column that may be said."""
    register = register_for(name, actor)
    wanted = [column.name for column in asked_of(register, actor, new=True)]
    try:
        asked = read_query(register, actor, request.GET.dict(), wanted)
    except Unusable as unusable:
        asked = unusable.asked
    return download(write_rows(register, actor, asked), XLSX, file_name(register))


@require_http_methods(["GET", "POST"])
@acting
def imports(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """What one has brought, and bringing another."""
    register = register_for(name, actor)
    require_importing(actor, register)
    fault = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            fault = _("Choose a file first.")
        else:
            here = (file.size or 0) <= READ_AT_ONCE
            try:
                brought = services.bring(register, file.chunks(), file.name or "", by=actor, here=here)
            except Refused as refused:
                fault = str(refused)
            else:
                if here:
                    read_here(brought)
                return redirect("registers:import", name, brought.pk)
    context = {
        "register": register,
        "imports": imports_of(actor, name)[:LISTED],
        "columns": asked_of(register, actor, new=True),
        "fault": fault,
    }
    return render(request, "registers/imports.html", context, status=422 if fault else 200)


@require_GET
@acting
def one_import(request: HttpRequest, actor: Actor, name: str, pk: int) -> HttpResponse:
    register, brought = _mine(actor, name, pk)
    part = bool(request.headers.get("HX-Request"))
    template = "registers/import.html#import" if part else "registers/import.html"
    return render(request, template, _context(request, actor, register, brought))


@require_POST
@acting
def answer(request: HttpRequest, actor: Actor, name: str, pk: int) -> HttpResponse:
    """What the columns mean; then the file is read again."""
    register, brought = _mine(actor, name, pk)
    meanings: dict[str, str | None] = {}
    for place, heading in enumerate(brought.headings):
        said = request.POST.get(f"column-{place}", "")
        if said == "-":
            meanings[heading["key"]] = None
        elif said and (said != heading["column"] or heading["state"] != "mapped"):
            meanings[heading["key"]] = said
    fixed = {
        column.name: request.POST.get(f"fixed-{column.name}", "") for column in asked_of(register, actor, new=True)
    }
    fixed = {name: text for name, text in fixed.items() if text.strip()}
    if _done(request, lambda: services.answer(brought, by=actor, meanings=meanings, fixed=fixed)):
        _read_if_small(brought)
    return redirect("registers:import", name, pk)


@require_POST
@acting
def again(request: HttpRequest, actor: Actor, name: str, pk: int) -> HttpResponse:
    _register, brought = _mine(actor, name, pk)
    if _done(request, lambda: services.read_again(brought, by=actor)):
        _read_if_small(brought)
    return redirect("registers:import", name, pk)


@require_POST
@acting
def apply(request: HttpRequest, actor: Actor, name: str, pk: int) -> HttpResponse:
    """The right rows go in. What does not go in at once, the worker does."""
    _register, brought = _mine(actor, name, pk)
    if _done(request, lambda: services.apply(brought, by=actor)):
        apply_for(brought.pk, APPLIED_AT_ONCE_S)
    return redirect("registers:import", name, pk)


@require_POST
@acting
def close(request: HttpRequest, actor: Actor, name: str, pk: int) -> HttpResponse:
    _register, brought = _mine(actor, name, pk)
    if not _done(request, lambda: services.close(brought, by=actor)):
        return redirect("registers:import", name, pk)
    messages.success(request, _("The file and what was read of it are deleted."))
    return redirect("registers:imports", name)


@require_GET
@acting
def marked(request: HttpRequest, actor: Actor, name: str, pk: int) -> HttpResponse:
    return marked_copy(actor, name, pk)


def _done(request: HttpRequest, act: Callable[[], None]) -> bool:
    """Whether the service did it; why it did not is said on the next page."""
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    return True


def _mine(actor: Actor, name: str, pk: int) -> tuple[Register, Import]:
    register = register_for(name, actor)
    require_importing(actor, register)
    return register, import_of(actor, name, pk)


def _read_if_small(brought: Import) -> None:
    path = files.brought(brought.pk)
    if path.is_file() and path.stat().st_size <= READ_AT_ONCE:
        read_file(brought.pk)


def _context(request: HttpRequest, actor: Actor, register: Register, brought: Import) -> dict[str, Any]:
    columns = asked_of(register, actor, new=True)
    done = progress(brought)
    right = brought.counts.get("new", 0) + brought.counts.get("changed", 0)
    named = {heading["column"] for heading in brought.headings}
    first = register.first(actor)
    headings = [
        {**heading, "place": place, "asked": heading["state"] in ("unknown", "ambiguous") and heading["filled"]}
        for place, heading in enumerate(brought.headings)
        if heading["state"] != "serial"
    ]
    lacking = [
        {"column": column, "value": brought.fixed.get(column.name, ""), "first": first.get(column.name, "")}
        for column in columns
        if column.needed and column.name not in named
    ]
    wrong = Paginator(wrong_rows(brought), WRONG_A_PAGE).get_page(request.GET.get("page"))
    return {
        "register": register,
        "brought": brought,
        "counts": brought.counts,
        "done": done,
        "right": right,
        "left": done["waiting"],
        "gone": right - done["waiting"],
        "busy": brought.state in (ImportState.READING, ImportState.APPLYING),
        "columns": columns,
        "headings": headings,
        "questions": [one for one in headings if one["asked"]],
        "lacking": lacking,
        "page": wrong,
        "may_apply": brought.state == ImportState.CHECKED and done["waiting"] > 0,
        "may_answer": brought.state in services.OPEN and bool(headings),
        "has_copy": brought.state not in (ImportState.READING, ImportState.CLOSED)
        and files.marked(brought.pk).is_file(),
    }
