"""Files that strangers wrote are opened by a process of its own: no settings, little memory, an end after a minute.

A broken or hostile file can end that process, and nothing else. At most AT_ONCE of them run in one process of ours.
"""

import json
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from .looking.answers import Block, Found
from .looking.limits import CHILD

LOG = logging.getLogger(__name__)
AT_ONCE = 2
SHORT_S = 5.0  # somebody waits in front of a page, and pages have few threads
SOURCES = str(Path(__file__).parents[3])  # where the package lies
_turns = threading.BoundedSemaphore(AT_ONCE)


class Unreadable(Exception):
    """It could not be opened within the limits."""


class Busy(Unreadable):
    """Others are being looked into; it is to be asked again."""


def check_file(family: str, path: Path, out: Path, thumb: Path) -> Found:
    """`family`: application/pdf, ole or zip. Raises: Unreadable."""
    found: Found = _ask("check", family, str(path), str(out), str(thumb))
    return found


def kind_of_zip(path: Path) -> str:
    """The part by which it is known, or the kind that it names itself (OpenDocument); "" for any other zip.

    Raises: Unreadable. Also the list of its parts can be made to fill a memory.
    """
    return str(_ask("zip", str(path)))


def draw_pages(path: Path, first: int, end: int, folder: Path) -> int:
    """Pages `first` to before `end` (from 0) into `folder` as 1.webp …; how many there were.

    Raises: Unreadable, Busy.
    """
    return int(_ask("draw", str(path), str(first), str(end), str(folder), patience_s=SHORT_S))


def read_words(path: Path, kind: str) -> list[Block]:
    """Raises: Unreadable, Busy."""
    found: list[Block] = _ask("words", kind, str(path), patience_s=SHORT_S)
    return found


def _ask(*words: str, patience_s: float = CHILD.wall_s) -> Any:
    command = [sys.executable, "-m", "fenghuo.kernel.documents.looking", *words]
    # Its environment holds no secrets of ours.
    environment = {"PYTHONPATH": os.pathsep.join([SOURCES, *filter(None, sys.path)]), "LANG": "C.UTF-8"}
    if not _turns.acquire(timeout=patience_s):
        raise Busy("others are before it")
    try:
        try:
            done = subprocess.run(  # noqa: S603 - our own words
                command,
                env=environment,
                cwd="/",
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=CHILD.wall_s,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Unreadable("it took too long") from None
    finally:
        _turns.release()
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2][:200]
        LOG.warning("a file could not be looked into (%s): %s", done.returncode, said)
        raise Unreadable(said)
    return json.loads(done.stdout)
