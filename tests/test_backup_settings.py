"""FENGHUO_BACKUP_AT and FENGHUO_BACKUP_KEEP: what can be read, and what is refused in words."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from fenghuo.config.backups import backup_at, backup_keep


@pytest.mark.parametrize("text", ["3:30", "24:00", "03:60", "noon", "03:30:00", "03.30"])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="03:30"):
        backup_at(text)


def test_settings_that_can_be_read() -> None:
    assert backup_at("") == ""
    assert backup_at("23:59") == "23:59"
    assert backup_keep("30") == 30
    for text in ("0", "-1", "x", "", "99999999", "3.5"):
        with pytest.raises(ImproperlyConfigured, match="FENGHUO_BACKUP_KEEP"):
            backup_keep(text)
