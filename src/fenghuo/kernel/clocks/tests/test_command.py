"""`fenghuo rules`: own rows and notices from files, all or nothing, each fault named."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from fenghuo.kernel.clocks.models import Clock, DaysOff, OwnRule
from fenghuo.kernel.clocks.tests.records import make, start
from fenghuo.kernel.clocks.tests.test_days_off import OF_2027
from fenghuo.kernel.clocks.tests.test_own_rules import ROW
from fenghuo.standards.deadlines import COLUMNS
from tests.county import County

PAPER = ("--source", "鄠政办发〔2026〕3号", "--decided-on", "2026-01-05")


def written(folder: Path, **said: str) -> str:
    row = ROW | {"source": "COUNTY", "certainty": "?"} | said
    path = folder / "rules.csv"
    path.write_text(f"{','.join(COLUMNS)}\n{','.join(row.get(name, '') for name in COLUMNS)}\n", "utf-8-sig")
    return str(path)


def test_rows_are_checked_then_in_force_and_running_clocks_follow(
    county: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start(make(county), "incident", {"learned": timezone.now(), "occurred": timezone.now()}, kind="fire")
    path = written(tmp_path)
    call_command("rules", "import", path, *PAPER, "--check")
    assert not OwnRule.objects.exists()
    call_command("rules", "import", path, *PAPER)
    assert "1 rows in force, 1 running deadlines moved" in capsys.readouterr().out
    assert Clock.objects.get(rule="R8").version == "own 2026-01-01"


def test_what_is_wrong_is_named_and_nothing_stored(
    county: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("rules", "import", written(tmp_path, span="soon"), *PAPER)
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert "R8" in said
    assert "soon" in said
    assert "20wd" in said
    with pytest.raises(CommandError):
        call_command("rules", "import", str(tmp_path / "none.csv"), *PAPER)
    assert not OwnRule.objects.exists()


def test_a_notice_is_read_from_a_file(county: County, tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(OF_2027, "utf-8")
    call_command("rules", "days-off", str(path))
    assert DaysOff.objects.get().year == 2027
    path.write_text(OF_2027.replace("共8天", "共9天"), "utf-8")
    with pytest.raises(SystemExit):
        call_command("rules", "days-off", str(path))
