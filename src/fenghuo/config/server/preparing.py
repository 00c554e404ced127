"""Before serving: the folder can be written, the port is free, database and files are up to date."""

import hashlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from fenghuo.kernel.web.storage_faults import status_for

LOCK_KEY = 0x66656E67  # "feng": PostgreSQL's advisory lock for migrating


class CannotStart(Exception):
    """One sentence that says what is wrong and what to do."""


def check_port(host: str, port: int) -> None:
    """Raises: CannotStart."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise CannotStart(
                f"{host}:{port} cannot be used: {error.strerror}. Choose another with --port, or end what uses it."
            ) from error


def check_folder(folder: Path) -> None:
    """Raises: CannotStart."""
    probe = folder / ".writable"
    try:
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
    except OSError as error:
        raise CannotStart(
            f"The data folder {folder} cannot be written: {error.strerror}. Free some space or give it to this user."
        ) from error


def prepare_database() -> None:
    """Migrate, one process at a time. What a kill cut short was rolled back, so that this heals it.

    Raises: CannotStart.
    """
    try:
        with _alone():
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, OSError) as error:
        said = " ".join(str(error).split())
        if status_for(error) is None and not isinstance(error, OSError):
            raise CannotStart(
                f"The database could not be brought up to date: {said}. "
                "It is as it was before; restore a backup or ask for help with this message."
            ) from error
        raise CannotStart(f"The database cannot be used: {said}. Check space, rights and DATABASE_URL.") from error


def prepare_files() -> None:
    """Collect static files when the package's differ from those collected last. Raises: CannotStart."""
    if settings.DEBUG:
        return
    source, stamp = Path(settings.STATICFILES_DIRS[0]), settings.STATIC_ROOT / ".of"
    state = _state_of(source)
    try:
        if stamp.exists() and stamp.read_text() == state:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(state)
    except OSError as error:
        raise CannotStart(f"Static files cannot be written to {settings.STATIC_ROOT}: {error.strerror}.") from error


def _state_of(folder: Path) -> str:
    state = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            state.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return state.hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_KEY])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_KEY])
        return
    import fcntl

    with (settings.DATA / ".migrating").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # given up by the system when the process dies
        yield
