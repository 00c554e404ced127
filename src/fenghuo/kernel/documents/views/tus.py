"""tus 1.0 (https://tus.io/protocols/resumable-upload): creation, checksum, termination. When all has come, `finish`
looks at the file and attaches it, which tus leaves to the server.

Answers are sentences as plain text, since the page puts them beside the file they are about.
"""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterator
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Refused, said_by
from fenghuo.kernel.web.storage_faults import FULL, status_for

from .. import selectors
from ..looking.limits import MOST_BYTES
from ..services import (
    TooLarge,
    append,
    begin_upload,
    discard_upload,
    finish_upload,
    received,
)
from ..services.uploading import MOST_PART
from ..store import CHUNK
from .records import listed

VERSION = "1.0.0"
PART = "application/offset+octet-stream"
NUMBER = re.compile(r"\d{1,15}")
MARK = re.compile(r"[0-9a-f]{64}")

type Answer = Callable[..., HttpResponse]


def _tus(view: Answer) -> Answer:
    """What is refused becomes a status and a sentence; a full disk is 507."""

    @wraps(view)
    def answered(request: HttpRequest, **named: object) -> HttpResponse:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            answer = _said(401, _("You are signed out. Sign in again in another window, then continue."))
        else:
            try:
                answer = view(request, actor, **named)
            except Refused as refused:
                answer = _said(refused.status, " ".join(said_by(refused)))
            except OSError as error:
                status = status_for(error)
                if status is None:
                    raise
                answer = _said(status, _full() if status == FULL else _("The disk cannot be written just now."))
        answer["Tus-Resumable"] = VERSION
        answer["Cache-Control"] = "no-store"
        return answer

    return answered


def _full() -> str:
    return _("The server's disk is full, and nothing more of this file was stored. Call your administrator.")


def _said(status: int, words: str) -> HttpResponse:
    reason = HTTPStatus(status).phrase if status in HTTPStatus else "Checksum Mismatch"
    return HttpResponse(words, status=status, reason=reason, content_type="text/plain; charset=utf-8")


@require_http_methods(["OPTIONS", "POST"])
@_tus
def uploads(request: HttpRequest, actor: Actor) -> HttpResponse:
    if request.method == "OPTIONS":
        answer = HttpResponse(status=204)
        answer["Tus-Version"], answer["Tus-Max-Size"] = VERSION, str(MOST_BYTES)
        answer["Tus-Extension"], answer["Tus-Checksum-Algorithm"] = "creation,checksum,termination", "sha256"
        return answer
    size = request.headers.get("Upload-Length", "")
    said = _metadata(request.headers.get("Upload-Metadata", ""))
    mark, record = said.get("mark", ""), said.get("record", "")
    if not (NUMBER.fullmatch(size) and NUMBER.fullmatch(record) and MARK.fullmatch(mark)):
        return _said(400, _("The upload does not say its length, its record and its mark."))
    sha256 = said.get("sha256", "").lower()
    made = begin_upload(
        selectors.record_with_files(actor, int(record)),
        by=actor,
        name=said.get("filename", ""),
        size=int(size),
        mark=mark,
        sha256=sha256 if MARK.fullmatch(sha256) else "",
    )
    answer = HttpResponse(status=201)
    answer["Location"] = reverse("documents:upload", args=[made.key])
    answer["Upload-Offset"] = str(received(made))
    return answer


@require_http_methods(["HEAD", "PATCH", "DELETE"])
@_tus
def upload(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    found = selectors.upload(actor, key)
    answer = HttpResponse(status=204)
    if request.method == "DELETE":
        discard_upload(found, by=actor)
        return answer
    if request.method == "PATCH":
        at = request.headers.get("Upload-Offset", "")
        if request.content_type != PART:
            return _said(415, _("A part is sent as %(kind)s.") % {"kind": PART})
        if not NUMBER.fullmatch(at):
            return _said(400, _("The part does not say where it begins."))
        come = append(found, int(at), _parts(request), by=actor, sha256=_sum(request))
    else:
        come = received(found)
        answer.status_code = 200
        answer["Upload-Length"] = str(found.size)
    answer["Upload-Offset"] = str(come)
    return answer


@require_http_methods(["POST"])
@_tus
def finish(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The record's files as they are now."""
    found = selectors.upload(actor, key)
    keep = "keep_position" in request.POST
    finish_upload(found, by=actor, note=request.POST.get("note", ""), keep_position=keep)
    return listed(request, actor, found.record)


@require_http_methods(["POST"])
@_tus
def discard(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The button of the page, which knows no DELETE."""
    found = selectors.upload(actor, key)
    record = found.record
    discard_upload(found, by=actor)
    return listed(request, actor, record)


def _parts(request: HttpRequest) -> Iterator[bytes]:
    """Raises: TooLarge."""
    left = MOST_PART
    while chunk := request.read(CHUNK):
        left -= len(chunk)
        if left < 0:
            raise TooLarge(_("A part may have at most %(most)s MB.") % {"most": MOST_PART // 1024**2})
        yield chunk


def _sum(request: HttpRequest) -> bytes:
    """The announced check sum. Raises: Refused, for one of another kind."""
    said = request.headers.get("Upload-Checksum", "")
    if not said:
        return b""
    kind, _space, value = said.partition(" ")
    try:
        decoded = b64decode(value, validate=True)
    except (NotBase64, ValueError):
        decoded = b""
    if kind != "sha256" or len(decoded) != 32:
        refused = Refused(_("A check sum is sha256, in base64."))
        refused.status = 400
        raise refused
    return decoded


def _metadata(said: str) -> dict[str, str]:
    """Upload-Metadata: names and values in base64, by commas. What cannot be read is left out."""
    found = {}
    for pair in said[:8192].split(","):
        name, _space, value = pair.strip().partition(" ")
        try:
            found[name] = b64decode(value, validate=True).decode().replace("\x00", "")
        except (NotBase64, ValueError):
            continue
    return found
