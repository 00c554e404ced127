"""Making the database let go of the space in which destroyed values stood."""

from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.utils import timezone

from fenghuo.kernel.journal.models import Entry

from .models import Order, OrderState

ENDED = (OrderState.DONE, OrderState.CANCELLED)
# Rewriting the file holds the write lock all the time: at once only where that is a matter of milliseconds, by itself
# only at night and when nothing happens, and else when the operator says so (fenghuo destruction scrub).
AT_ONCE_BYTES = 4 * 1024 * 1024
BY_ITSELF_BYTES = 256 * 1024 * 1024
NIGHT = range(2, 5)  # hours of the county
QUIET = timedelta(minutes=2)


def scrub(*, now: datetime | None = None, forced: bool = False) -> bool:
    """For orders that have ended: True when there was nothing to do or all is done, False to try again later.

    SQLite: what is deleted is zeroed at once (secure_delete, see settings), but copies that were made when a page was
    split go only when the whole file is written anew; then the write-ahead log is emptied, as soon as nobody reads an
    older state. PostgreSQL: a VACUUM of our tables and their indexes, after which the server may still hold the bytes
    until it writes over them (THREAT_MODEL.md).
    """
    waiting = Order.objects.filter(state__in=ENDED, confirmed_at__isnull=False, scrubbed_at__isnull=True)
    keys = list(waiting.values_list("pk", flat=True))
    if not keys:
        return True
    if connection.in_atomic_block:
        return False
    done = _vacuum_tables() if connection.vendor == "postgresql" else _rewrite_file(now or timezone.now(), forced)
    if done:
        Order.objects.filter(pk__in=keys).update(scrubbed_at=timezone.now())
    return done


def _rewrite_file(now: datetime, forced: bool) -> bool:
    if not (forced or _is_a_good_moment(now)):
        return False
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy: int = cursor.fetchone()[0]
    return not busy


def _is_a_good_moment(now: datetime) -> bool:
    size = _bytes()
    if size <= AT_ONCE_BYTES:
        return True
    quiet = not Entry.objects.filter(recorded_at__gte=now - QUIET).exists()
    return size <= BY_ITSELF_BYTES and timezone.localtime(now).hour in NIGHT and quiet


def _bytes() -> int:
    path = Path(str(connection.settings_dict["NAME"]))
    return path.stat().st_size if path.is_file() else 0


def _vacuum_tables() -> bool:
    tables = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("fenghuo.")]
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (INDEX_CLEANUP ON) {', '.join(map(connection.ops.quote_name, tables))}")
    return True
