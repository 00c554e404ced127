"""Handing files out to people who may see their records."""

from urllib.parse import quote

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.ranges import serve

from . import selectors, store
from .kinds import SHOWN, UNKNOWN
from .models import Attachment


@require_GET
@acting
def file(request: HttpRequest, actor: Actor, pk: int, name: str) -> HttpResponseBase:
    """The name in the address is for people; the key counts."""
    return hand_out(request, selectors.attachment(actor, pk))


@require_GET
@acting
def preview(request: HttpRequest, actor: Actor, pk: int) -> HttpResponseBase:
    found = selectors.attachment(actor, pk)
    if found.preview_id is None:
        raise NotFound(_("There is no small picture of this file."))
    return _safe(serve(request, store.path_of(found.preview_id), "image/jpeg", found.preview_id))


def hand_out(request: HttpRequest, found: Attachment) -> HttpResponseBase:
    """Shown in place when a browser can do nothing but show it; else for saving."""
    kind = found.content.kind
    shown = kind in SHOWN
    answer = serve(request, store.path_of(found.content_id), kind if shown else UNKNOWN, found.content_id)
    way = "inline" if shown else "attachment"
    answer["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(found.name, safe='')}"
    return _safe(answer, viewer=kind == "application/pdf")


def _safe(answer: HttpResponseBase, *, viewer: bool = False) -> HttpResponseBase:
    """Nothing in a file may run here. Browsers' own viewers of PDF do not start in a sandbox."""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    if not viewer:
        answer["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'; media-src 'self'"
    return answer
