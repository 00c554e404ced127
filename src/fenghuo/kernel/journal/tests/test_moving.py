"""A journal moved into another database still verifies: nothing that is sealed depends on how a database stores it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections, models, transaction

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.journal import proof_check
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.proving import prove
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.journal.sealing import seal_next
from fenghuo.kernel.journal.verifying import verify
from tests.county import make_county

ROOMS = ("access", "journal")


@contextmanager
def on_sqlite(file: Path) -> Iterator[None]:
    """The default connection is to this file for a while, and the one from before is back afterwards."""
    usual, described = connections["default"], connections.databases["default"]
    kept = {name: value for name, value in described.items() if name != "OPTIONS"}
    options = {"transaction_mode": "IMMEDIATE"}
    connections.databases["default"] = kept | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": options,
    }
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.databases["default"] = described
        connections["default"] = usual


def rows(of: type[models.Model]) -> list[models.Model]:
    return list(of._base_manager.order_by("pk"))


@pytest.mark.skipif(connection.vendor == "sqlite", reason="the way is from SQLite into PostgreSQL")
def test_from_sqlite_into_postgresql(fresh_database: None, tmp_path: Path) -> None:
    with on_sqlite(tmp_path / "moved.sqlite3"):
        call_command("migrate", verbosity=0)
        with transaction.atomic():
            units = make_county().units
            whole = datetime(2024, 2, 29, 16, 0, 0, 0, tzinfo=UTC)  # without microseconds SQLite writes it shorter
            for _ in range(12):
                record("unit.noted", SYSTEM, about=[units["a"]], happened_at=whole, private={"n": "张某 𠮷"})
        while seal_next(5):
            pass
        before = verify()
        assert before.ok
        assert before.batches > 2
        entry = Entry.objects.latest("pk").pk
        proof = prove(entry)
        moved = {model: rows(model) for room in ROOMS for model in apps.get_app_config(room).get_models()}
    with transaction.atomic():
        for model, found in moved.items():
            model._base_manager.bulk_create(found)
    verdict = verify()
    assert verdict.ok, verdict.first_bad
    assert (verdict.entries, verdict.batches) == (before.entries, before.batches)
    assert prove(entry) == proof
    proof_check.check(prove(entry, private=True))
