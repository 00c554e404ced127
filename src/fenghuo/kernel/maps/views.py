"""What the map component asks for: base, layers, and the tiles of the county when they are loaded."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.web.acting import acting

from . import layers, selectors

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
CHUNK = 64 * 1024


@require_GET
@acting
def base(request: HttpRequest, actor: Actor) -> HttpResponse:
    answer = JsonResponse(selectors.base() | {"tiles": tiles_path().is_file()})
    answer["Cache-Control"] = "private, max-age=300"
    return answer


@require_GET
@acting
def layer(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    found = layers.layer(name, actor)
    if found is None:
        raise NotFound(_("There is no such layer, or you may not see it."))
    return JsonResponse(layers.collection(found.features(actor)))


@require_GET
@acting
def tiles(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The county's PMTiles, in the ranges that the reader asks for."""
    path = tiles_path()
    if not path.is_file():
        raise NotFound(_("No base map is loaded."))
    size = path.stat().st_size
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    first = int(asked[1]) if asked else 0
    last = min(int(asked[2]) if asked and asked[2] else size - 1, size - 1)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    answer = StreamingHttpResponse(_part(path, first, last), content_type="application/octet-stream")
    answer["Content-Length"] = str(last - first + 1)
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = f'"{path.stat().st_mtime_ns:x}"'
    if asked:
        answer.status_code = 206
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    return answer


def tiles_path() -> Path:
    return Path(settings.MAPS) / "county.pmtiles"


def _part(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
