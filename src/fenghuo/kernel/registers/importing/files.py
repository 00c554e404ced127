"""Where the workbooks lie that are being brought: in a folder of their own, and not for long."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings


def brought(pk: int) -> Path:
    """The workbook as it came."""
    return _folder() / f"{pk}-brought"


def marked(pk: int) -> Path:
    """The copy with the wrong cells coloured."""
    return _folder() / f"{pk}-marked.xlsx"


def keep(pk: int, chunks: Iterable[bytes]) -> int:
    """Bytes written. Raises: OSError.

    What lies there under this key is of another time, from before a restore: nobody is to get it as theirs.
    """
    drop(pk)
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path = brought(pk)
    with path.open("wb") as file:
        path.chmod(0o600)
        return sum(file.write(chunk) for chunk in chunks)


def drop(pk: int) -> None:
    """Both are gone; harmless when they are not there."""
    brought(pk).unlink(missing_ok=True)
    marked(pk).unlink(missing_ok=True)


def lying() -> set[int]:
    """Keys of imports of which something lies here."""
    return {int(start) for path in _folder().glob("*-*") if (start := path.name.partition("-")[0]).isdigit()}


def lying_since(before: datetime) -> Iterator[Path]:
    """Files of imports that are no more."""
    for path in _folder().glob("*-*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before.timestamp():
                yield path


def _folder() -> Path:
    return Path(settings.IMPORTS)
