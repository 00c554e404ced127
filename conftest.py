"""Fixtures for all tests; settings come from fenghuo.config.settings."""

from tests.county import county, new_county
from tests.fresh_database import fresh_database, migrated_template
from tests.register_suite import sign_in

__all__ = ["county", "fresh_database", "migrated_template", "new_county", "sign_in"]
