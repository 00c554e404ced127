"""Handing files out, and what was drawn of them, to people who may see their records."""

from urllib.parse import quote

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound, WrongState
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.ranges import serve

from .. import drawing, selectors, store
from ..confined import Unreadable
from ..kinds import PDF, SHOWN, UNKNOWN
from ..models import Attachment, Scan


@require_GET
@acting
def file(request: HttpRequest, actor: Actor, pk: int, name: str) -> HttpResponseBase:
    """The name in the address is for people; the key counts."""
    return hand_out(request, selectors.attachment(actor, pk), save="save" in request.GET)


@require_GET
@acting
def preview(request: HttpRequest, actor: Actor, pk: int) -> HttpResponseBase:
    found = _checked(selectors.attachment(actor, pk))
    if found.preview_id is None:
        raise NotFound(_("There is no small picture of this file."))
    return _safe(serve(request, store.path_of(found.preview_id), "image/jpeg", found.preview_id))


@require_GET
@acting
def page(request: HttpRequest, actor: Actor, pk: int, number: int) -> HttpResponseBase:
    found = _checked(selectors.attachment(actor, pk))
    try:
        drawn = drawing.page(found.content, number)
    except Unreadable:
        raise NotFound(_("This page cannot be shown; save the file to read it.")) from None
    return _safe(serve(request, drawn, "image/webp", f"{found.content_id}-{number}"))


@require_GET
@acting
def picture(request: HttpRequest, actor: Actor, pk: int) -> HttpResponseBase:
    found = _checked(selectors.attachment(actor, pk))
    return _safe(serve(request, drawing.picture(found.content), "image/jpeg", f"{found.content_id}-screen"))


def hand_out(request: HttpRequest, found: Attachment, *, save: bool = False) -> HttpResponseBase:
    """Shown in place when a browser can do nothing but show it; else for saving. Raises: NotFound, WrongState."""
    kind = _checked(found).content.kind
    shown = kind in SHOWN and not save
    answer = serve(request, store.path_of(found.content_id), kind if shown else UNKNOWN, found.content_id)
    way = "inline" if shown else "attachment"
    answer["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(found.name, safe='')}"
    return _safe(answer, viewer=shown and kind == PDF)


def _checked(found: Attachment) -> Attachment:
    """Raises: WrongState, while the virus scanner has not looked at it."""
    if found.content.scan == Scan.WAITING:
        raise WrongState(_("This file is kept back until it has been checked for viruses. Try again later."))
    return found


def _safe(answer: HttpResponseBase, *, viewer: bool = False) -> HttpResponseBase:
    """Nothing in a file may run here. Browsers' own viewers of PDF do not start in a sandbox."""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    if not viewer:
        answer["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'; media-src 'self'"
    return answer
