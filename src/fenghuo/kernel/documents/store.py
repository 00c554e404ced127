"""The folder of contents: each file under its own SHA-256, on disk before anybody is told that it is kept."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.conf import settings

CHUNK = 256 * 1024


def folder() -> Path:
    return Path(settings.MEDIA_ROOT)


def path_of(digest: str) -> Path:
    return folder() / digest[:2] / digest


@contextmanager
def incoming() -> Iterator[Path]:
    """A place for a file that is being read; gone afterwards, unless `keep` has moved it."""
    waiting = folder() / "incoming"
    waiting.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = waiting / uuid4().hex
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def write(path: Path, chunks: Iterable[bytes]) -> int:
    """Bytes written. Raises: OSError, when the disk is full for instance."""
    with path.open("wb") as file:
        path.chmod(0o600)
        return sum(file.write(chunk) for chunk in chunks)


def keep(path: Path) -> tuple[str, int]:
    """Move the file to its place: (SHA-256, bytes). It survives a power cut from here on."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
        os.fsync(file.fileno())
    place = path_of(digest)
    if place.exists():
        path.unlink()
        return digest, size
    place.parent.mkdir(mode=0o700, exist_ok=True)
    path.replace(place)
    for made in (place.parent, place.parent.parent):
        handle = os.open(made, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    return digest, size
