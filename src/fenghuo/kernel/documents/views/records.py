"""The files of a record of any room: their list, bringing them, taking one off, looking at one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Refused, said_by
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.addresses import address_of

from .. import drawing, selectors
from ..confined import Busy, Unreadable
from ..looking.answers import Block
from ..presenting import Shown, part_of
from ..services import bring_file, may_attach, take_off


@require_http_methods(["GET", "POST"])
@acting
def of(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Several at once; one that is refused is named, and the others are kept."""
    record = selectors.record_with_files(actor, pk)
    if request.method == "GET":
        return listed(request, actor, record)
    brought = request.FILES.getlist("file")
    faults = [] if brought else [_("Choose a file first.")]
    note, keep = request.POST.get("note", ""), "keep_position" in request.POST
    for one in brought:
        try:
            bring_file(record, one.chunks(), one.name or "", by=actor, note=note, keep_position=keep)
        except Refused as refused:
            faults += [f"{one.name}: {said}" for said in said_by(refused)]
    return listed(request, actor, record, faults)


@require_POST
@acting
def off(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """`from`: the record on whose list it stands, which may be another than its own."""
    found = selectors.attachment(actor, pk)
    given = request.POST.get("from", "")
    record = selectors.record_with_files(actor, int(given)) if given.isdecimal() and len(given) < 18 else found.record
    try:
        take_off(found, by=actor, reason=request.POST.get("reason", ""))
    except Refused as refused:
        return listed(request, actor, record, said_by(refused))
    return listed(request, actor, record)


@require_GET
@acting
def shown(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    found = selectors.attachment(actor, pk)
    file = Shown(found, may_attach(found.record, actor))
    context = {"one": file, "back": address_of(found.record), "way": "" if file.kept_back else file.way}
    try:
        context |= _inside(request, file) if context["way"] else {}
    except Busy:
        context |= {"way": "", "busy": True}
    except (Unreadable, OSError):
        context |= {"way": "", "unreadable": True}
    return render(request, "documents/shown.html", context)


@require_GET
@acting
def waiting(request: HttpRequest, actor: Actor) -> HttpResponse:
    require(actor, "files.watch")
    return render(
        request,
        "documents/waiting.html",
        {"files": selectors.kept_back()[:200], "infected": selectors.taken_away()[:200]},
    )


def listed(request: HttpRequest, actor: Actor, record: Record, faults: list[str] | None = None) -> HttpResponse:
    """The part alone for htmx; after a post without script back to where the record has its page."""
    part = bool(request.headers.get("HX-Request"))
    if request.method == "POST" and not part and not faults:
        return redirect(address_of(record) or request.path)
    context = part_of(request, actor, record, faults or [], request.POST if faults else None)
    context |= {"back": address_of(record)}
    template = "documents/attachments.html" if part else "documents/of.html"
    return render(request, template, context, status=422 if faults else 200)


def _inside(request: HttpRequest, file: Shown) -> dict[str, object]:
    """Raises: Unreadable, Busy, OSError, Http404."""
    content = file.file.content
    if file.way == "words":
        blocks: list[Block] = drawing.words(content)
        return {"blocks": blocks}
    if file.way != "pages" or content.pages is None:
        return {}
    asked = request.GET.get("page", "1")
    first = int(asked) if asked.isdecimal() and len(asked) < 7 else 1
    if not 1 <= first <= content.pages:
        raise Http404
    last = min(content.pages, first + drawing.AT_A_TIME - 1)
    drawing.pages(content, first, last)
    return {
        "numbers": range(first, last + 1),
        "first": first,
        "last": last,
        "before": max(1, first - drawing.AT_A_TIME) if first > 1 else None,
        "after": last + 1 if last < content.pages else None,
    }
