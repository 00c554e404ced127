"""When the daily backup is due, what expires, and which ones may still hold what was destroyed."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, WrongState
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.keeping.models import Backup, State
from fenghuo.kernel.keeping.schedule import is_due, last_turn
from fenghuo.kernel.keeping.selectors import backups_made_before
from fenghuo.kernel.keeping.services import note_removed, remove_expired
from tests.county import County

SHANGHAI = ZoneInfo("Asia/Shanghai")


def kept(name: str, made_at: datetime, path: str = "", days: int = 30, state: str = State.MADE) -> Backup:
    until = made_at.date() + timedelta(days=days)
    return Backup.objects.create(
        state=state, name=name, path=path or f"/far/{name}", made_at=made_at, keep_until=until, made_by="x"
    )


@pytest.fixture
def at(county: County, settings: Any) -> datetime:
    """03:30 of the day after tomorrow, when it is due."""
    settings.BACKUP_AT = "03:30"
    day = timezone.localdate() + timedelta(days=2)
    return datetime(day.year, day.month, day.day, 3, 30, tzinfo=SHANGHAI)


def test_due_once_a_day_at_its_time(at: datetime) -> None:
    assert last_turn(at) == at
    assert last_turn(at - timedelta(seconds=1)) == at - timedelta(days=1)
    assert is_due(at)
    kept("one", at + timedelta(seconds=5))
    assert not is_due(at + timedelta(hours=20))
    assert is_due(at + timedelta(days=1))


def test_what_was_missed_is_made_when_the_house_runs_again(at: datetime) -> None:
    kept("before", at - timedelta(days=1))
    assert is_due(at + timedelta(hours=9))


def test_after_a_failure_it_waits_before_it_tries_again(at: datetime) -> None:
    Backup.objects.create(state=State.FAILED, name="x", made_at=at, made_by="x")
    assert not is_due(at + timedelta(minutes=29))
    assert is_due(at + timedelta(minutes=31))


def test_a_young_installation_waits_for_its_first_turn(at: datetime) -> None:
    begun = Entry.objects.order_by("recorded_at")[0].recorded_at
    assert not is_due(begun + timedelta(seconds=1))


def test_nothing_is_due_when_no_time_is_set(at: datetime, settings: Any) -> None:
    settings.BACKUP_AT = ""
    assert not is_due(at)


def test_expired_ones_go_from_the_data_folder_and_are_named_elsewhere(
    county: County, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    (tmp_path / "backups").mkdir()
    long_ago = timezone.now() - timedelta(days=40)
    for name in ("old.zip", "young.zip"):
        (tmp_path / "backups" / name).write_text("x")
    (tmp_path / "far.zip").write_text("x")
    old = kept("old.zip", long_ago, str(tmp_path / "backups" / "old.zip"))
    young = kept("young.zip", timezone.now(), str(tmp_path / "backups" / "young.zip"))
    far = kept("far.zip", long_ago, str(tmp_path / "far.zip"))
    assert remove_expired(by=SYSTEM) == [old]
    assert sorted(path.name for path in tmp_path.rglob("*.zip")) == ["far.zip", "young.zip"]
    assert Entry.objects.order_by("-pk")[0].verb == "backup.removed"
    assert backups_made_before(timezone.now()) == [far, young]
    with pytest.raises(Invalid, match="still there"):
        note_removed(far, by=SYSTEM, reason="shredded")
    (tmp_path / "far.zip").unlink()
    with pytest.raises(Invalid, match="who"):
        note_removed(far, by=SYSTEM, reason=" ")
    note_removed(far, by=SYSTEM, reason="shredded by 李四")
    with pytest.raises(WrongState):
        note_removed(far, by=SYSTEM, reason="again")
    assert backups_made_before(timezone.now()) == [young]


def test_the_last_day_belongs_to_it(county: County) -> None:
    today = timezone.localdate()
    backup = kept("x", timezone.now())
    Backup.objects.filter(pk=backup.pk).update(keep_until=today)
    assert remove_expired(by=SYSTEM) == []


def test_which_may_hold_what_was_destroyed(county: County) -> None:
    now = timezone.now()
    before = kept("before", now - timedelta(days=1))
    aside = kept("aside", now - timedelta(hours=1), state=State.ASIDE)
    kept("after", now + timedelta(seconds=1))
    Backup.objects.create(state=State.FAILED, name="failed", made_at=now - timedelta(days=1), made_by="x")
    assert set(backups_made_before(now)) == {before, aside}
    assert all(isinstance(backup.keep_until, date) for backup in backups_made_before(now))


def test_the_list_as_people_and_programs_read_it(county: County, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    call_command("backup", "--list")
    assert "No backup" in capsys.readouterr().out
    kept("old.zip", timezone.now() - timedelta(days=40))
    call_command("backup", "--list")
    assert "EXPIRED" in capsys.readouterr().out
    call_command("backup", "--list", "--json")
    (row,) = json.loads(capsys.readouterr().out)
    assert row["expired"] is True
    assert row["name"] == "old.zip"
    call_command("backup", "--removed", str(row["id"]), "--reason", "shredded")
    call_command("backup", "--list")
    assert "removed" in capsys.readouterr().out
