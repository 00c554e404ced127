"""A service worker rules over the paths below its own address: a room serves its built file from there."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse


def served_worker(name: str) -> HttpResponse:
    """`name`: of the built file, such as "build/order-worker.js"."""
    content = Path(finders.find(name) or staticfiles_storage.path(name)).read_bytes()
    return HttpResponse(content, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


def static_version() -> str:
    """Changes with any of the static files; the same everywhere while developing."""
    return str(getattr(staticfiles_storage, "manifest_hash", "") or "0")
