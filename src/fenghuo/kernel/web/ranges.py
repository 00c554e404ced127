"""A file from disk, whole or in the range that was asked for (maps, videos)."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import NotFound

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
CHUNK = 64 * 1024


def serve(request: HttpRequest, path: Path, kind: str, version: str) -> HttpResponseBase:
    """`version` changes with the content. Raises: NotFound, when the file is not there."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise NotFound(_("This file is missing on the server.")) from None
    if request.headers.get("If-None-Match") == f'"{version}"':
        return HttpResponseNotModified()
    first, last, partly = _asked(request.headers.get("Range", ""), size)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    answer = StreamingHttpResponse(_part(path, first, last), content_type=kind)
    answer["Content-Length"] = str(last - first + 1)
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = f'"{version}"'
    if partly:
        answer.status_code = 206
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    return answer


def _asked(said: str, size: int) -> tuple[int, int, bool]:
    """(first byte, last byte, whether it is a part); what is no single range means the whole file."""
    found = _RANGE.fullmatch(said)
    if found is None or not (found[1] or found[2]):
        return 0, size - 1, False
    if not found[1]:  # the last so many bytes
        return max(0, size - int(found[2])), size - 1, True
    return int(found[1]), min(int(found[2]) if found[2] else size - 1, size - 1), True


def _part(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
