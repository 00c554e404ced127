"""The folder of contents: each file under its own SHA-256, on disk before anybody is told that it is kept."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings

CHUNK = 256 * 1024
INCOMING, UPLOADS, PREVIEWS = "incoming", "uploads", "previews"
RESERVE = 200 * 1024 * 1024  # bytes that stay free, so that the house can still write


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


def upload_path(key: str) -> Path:
    """Where the bytes of an upload lie that has not come to its end."""
    return folder() / UPLOADS / key


def previews_of(digest: str) -> Path:
    """The folder of what was drawn from a content; it can be made anew at any time, and no backup holds it."""
    return folder() / PREVIEWS / digest[:2] / digest


def make_folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def room_for(size: int) -> bool:
    """Whether the disk has room for a file of so many bytes and a copy of it that may be needed."""
    return shutil.disk_usage(make_folder(folder())).free > 2 * size + RESERVE


def second_name(path: Path, other: Path) -> None:
    """The same bytes under another name, without copying where the disk can do that. Raises: OSError."""
    try:
        os.link(path, other)
    except OSError:
        shutil.copyfile(path, other)


def rewrite(path: Path, chunks: Iterable[bytes]) -> None:
    """Other bytes under this name; whoever has the old ones under a second name keeps them."""
    with incoming() as made:
        write(made, chunks)
        made.replace(path)


def write(path: Path, chunks: Iterable[bytes]) -> int:
    """Bytes written. Raises: OSError, when the disk is full for instance."""
    with path.open("wb") as file:
        path.chmod(0o600)
        return sum(file.write(chunk) for chunk in chunks)


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
    shutil.rmtree(previews_of(digest), ignore_errors=True)
    place = path_of(digest)
    place.unlink(missing_ok=True)
    if place.parent.is_dir():
        _settle(place.parent)


def remove_upload(key: str) -> None:
    upload_path(key).unlink(missing_ok=True)


def lying_since(before: datetime) -> Iterator[Path]:
    """Files that have lain in the folder unchanged since before this moment, finished or not."""
    for path in folder().glob("*/*"):  # previews lie deeper
        with suppress(FileNotFoundError):
            if path.is_file() and path.stat().st_mtime < before.timestamp():
                yield path


def touched_since(path: Path, moment: datetime) -> bool:
    """Whether the file is there and was written after this moment."""
    try:
        return path.stat().st_mtime >= moment.timestamp()
    except FileNotFoundError:
        return False


def previews() -> Iterator[Path]:
    """The folders of what was drawn, each named after its content."""
    return folder().glob(f"{PREVIEWS}/*/*")


def _settle(made: Path) -> None:
    """What was moved into this folder, or out of it, survives a power cut."""
    handle = os.open(made, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
