"""Fixtures for all tests; settings come from fenghuo.config.settings."""

import gc
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.county import county, county_rows, new_county
from tests.essays import essays
from tests.fresh_database import empty_database, fresh_database, migrated_template
from tests.register_suite import sign_in

__all__ = [
    "county",
    "county_rows",
    "empty_database",
    "essays",
    "fresh_database",
    "migrated_template",
    "new_county",
    "sign_in",
]


DATABASE = {"db", "transactional_db", "county", "empty_database", "fresh_database", "migrated_template"}


BROWSER = Path(__file__).parent / "tests" / "browser"  # the only folder that the browser's run looks into


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whole servers come first: the last test of all should not be one that takes a minute, beside an idle core.

    On PostgreSQL only what asks for a database: the rest, half of all, was run beside SQLite a moment ago.
    """
    for one in items:
        if (one.get_closest_marker("browser") is not None) != one.path.is_relative_to(BROWSER):
            raise pytest.UsageError(f"{one.nodeid}: tests with a browser, and no others, are in {BROWSER}")
    items.sort(key=lambda one: one.get_closest_marker("server") is None)
    if "DATABASE_URL" not in os.environ:
        return
    config.hook.pytest_deselected(items=[one for one in items if not _uses_database(one)])
    items[:] = [one for one in items if _uses_database(one)]


def pytest_collection_finish() -> None:
    """Thousands of tests and all modules stay to the end: the collector need not walk them again and again."""
    gc.collect()
    gc.freeze()


def _uses_database(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) for name in ("django_db", "server", "browser"))
    return marked or bool(DATABASE & set(getattr(item, "fixturenames", ())))


@pytest.fixture(autouse=True)
def rules_are_settled() -> Iterator[None]:
    """A change of rules makes every process ask for their mark for some seconds: not in the next test's pages."""
    yield
    from fenghuo.kernel.clocks import rulebook

    touched = rulebook.touched_file()
    if touched.exists() and time.time() - touched.stat().st_mtime < 2 * rulebook.COMMITTED_WITHIN_S:
        os.utime(touched, (0, 0))
        rulebook.forget()
