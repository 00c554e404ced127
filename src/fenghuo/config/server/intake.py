"""The process of the one writer of reports, and the private socket by which web processes reach it (decision 1)."""

import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

from .ending import tell_at_end
from .loaded import keep_what_is_loaded
from .preparing import CannotStart

BACKLOG = 64  # web processes that wait while the writer is started again


@contextmanager
def intake_door() -> Iterator[socket.socket]:
    """A listening socket that only this user can reach. Kept open, it lets no web process fall while the writer is
    started again. Not in the data folder, since its name may have a hundred characters at most. Raises: CannotStart.
    """
    with (
        tempfile.TemporaryDirectory(prefix="fenghuo-", ignore_cleanup_errors=True) as folder,
        socket.socket(socket.AF_UNIX) as door,
    ):
        _bind(door, Path(folder) / "intake")
        door.listen(BACKLOG)
        yield door


def _bind(door: socket.socket, path: Path) -> None:
    try:
        door.bind(str(path))
    except OSError as error:
        raise CannotStart(
            f"No socket can be made at {path}: {error}. Set TMPDIR to another folder, of a short name."
        ) from error


def main() -> None:
    door, pipe = socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2])
    django.setup()
    from fenghuo.gateway.writer import Writer

    keep_what_is_loaded()
    writer = Writer(door)

    def told(*_args: Any) -> None:
        writer.stop()

    def orphaned() -> None:
        shutil.rmtree(Path(door.getsockname()).parent, ignore_errors=True)
        writer.stop()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    threading.Thread(target=tell_at_end, args=(pipe, orphaned), daemon=True).start()
    writer.run()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
    main()
