"""Fixtures for all tests; settings come from fenghuo.config.settings."""

import os
import time
from collections.abc import Iterator

import pytest

from tests.county import county, new_county
from tests.essays import essays
from tests.fresh_database import fresh_database, migrated_template
from tests.register_suite import sign_in

__all__ = ["county", "essays", "fresh_database", "migrated_template", "new_county", "sign_in"]


@pytest.fixture(autouse=True)
def rules_are_settled() -> Iterator[None]:
    """A change of rules makes every process ask for their mark for some seconds: not in the next test's pages."""
    yield
    from fenghuo.kernel.clocks import rulebook

    touched = rulebook.touched_file()
    if touched.exists() and time.time() - touched.stat().st_mtime < 2 * rulebook.COMMITTED_WITHIN_S:
        os.utime(touched, (0, 0))
        rulebook.forget()
