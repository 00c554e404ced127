"""The folder of daily backups: one process at a time works in it, and what a kill left half is swept out."""

import contextlib
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .making import PARTIAL

LOCK = ".making"


@contextmanager
def only_one(folder: Path) -> Iterator[bool]:
    """Whether this process has the folder for itself. Given up by the system when it dies."""
    with (folder / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def tidy(folder: Path) -> None:
    """Sweep out what was never finished. Only under `only_one`: nobody else is writing a daily one then."""
    for half in folder.glob(f".fenghuo-*{PARTIAL}"):
        with contextlib.suppress(OSError):
            half.unlink()
