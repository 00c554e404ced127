"""The folder of contents: each file under its own SHA-256, on disk before anybody is told that it is kept."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings

CHUNK = 256 * 1024
INCOMING = "incoming"


def folder() -> Path:
    return Path(settings.MEDIA_ROOT)


def path_of(digest: str) -> Path:
    return folder() / digest[:2] / digest


@contextmanager
def incoming() -> Iterator[Path]:
    """A place for a file that is being read; gone afterwards, unless `keep` has moved it."""
    waiting = folder() / INCOMING
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
        _settle(made)
    return digest, size


def remove(digest: str) -> None:
    """The bytes are gone from here on, also after a power cut; harmless when they are not there."""
    place = path_of(digest)
    place.unlink(missing_ok=True)
    if place.parent.is_dir():
        _settle(place.parent)


def lying_since(before: datetime) -> Iterator[Path]:
    """Files that have lain in the folder unchanged since before this moment, finished or not."""
    for path in folder().glob("*/*"):
        with suppress(FileNotFoundError):
            if path.is_file() and path.stat().st_mtime < before.timestamp():
                yield path


def _settle(made: Path) -> None:
    """What was moved into this folder, or out of it, survives a power cut."""
    handle = os.open(made, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
