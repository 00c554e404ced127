from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from fenghuo.config.demo import RealRecords, drop, is_loaded, load, sign_ins
from fenghuo.config.safety import own_files, unsafe
from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.journal.append_only import missing
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.verifying import verify
from fenghuo.kernel.registry.selectors import demo_accounts
from fenghuo.kernel.registry.services import create_region
from fenghuo.response.incidents.services import open_incident
from fenghuo.standards.deadlines import COLUMNS
from fenghuo.standards.needs import needs_for
from tests.county import County


def test_what_is_in_force_is_told_without_secrets(county: County, capsys: pytest.CaptureFixture[str]) -> None:
    from django.conf import settings

    call_command("check")
    said = capsys.readouterr().out
    assert "FENGHUO_DATA" in said
    assert settings.SECRET_KEY not in said


def test_what_is_unsafe_is_named_with_the_way_out(county: County, settings: object, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert unsafe(tmp_path) == [] or "secret" in unsafe(tmp_path)[0]
    settings.DEBUG, settings.BASE_URL, settings.SECRET_KEY = True, "http://county.example", "short"  # type: ignore[attr-defined]
    tmp_path.chmod(0o755)
    said = " ".join(unsafe(tmp_path))
    for word in ("FENGHUO_DEBUG", "https", "secret key", "chmod"):
        assert word in said


def test_a_broken_file_of_the_county_is_named_and_stops_nothing(
    county: County, settings: object, tmp_path: Path
) -> None:
    for name in ("deadlines", "needs", "thresholds"):
        setattr(settings, f"OWN_{name.upper()}", tmp_path / f"{name}.csv")
    (tmp_path / "deadlines.csv").write_text(
        ",".join(COLUMNS) + "\nR8,incident,*,,heard,soon,,phone,duty,a,a,b,b,c,c,COUNTY,,?,2026-01-01,,\n", "utf-8"
    )
    (tmp_path / "needs.csv").write_text(
        "id,kinds,condition,capability,count,strength,source,certainty,zh,en\n"
        "rt-order,road_traffic,,traffic_control,3,must,COUNTY,?,本县,ours\nx,fires,,medical,1,must,COUNTY,?,甲,a\n",
        "utf-8",
    )
    (tmp_path / "thresholds.csv").write_text("id,table\nx,y\n", "utf-8")
    said = "\n".join(own_files())
    for words in ("rule R8, column anchor, value 'heard'", "column span, value 'soon'", "'fires'", "thresholds.csv"):
        assert words in said
    crash = open_incident([county.report()], by=county.actor("emo"))
    assert needs_for("road_traffic", {}, own=tmp_path / "needs.csv").needs[0].count == 3  # the good row holds
    assert crash.record.clocks.get(rule="R8").version == "2026-01-01"
    (tmp_path / "needs.csv").write_bytes("id,类型".encode("gbk"))
    assert "UTF-8" in "\n".join(own_files())
    assert needs_for("road_traffic", {}, own=tmp_path / "needs.csv").needs


def test_the_demo_is_loaded_repeated_and_dropped(fresh_database: None) -> None:
    count = load()
    assert is_loaded()
    assert Record.objects.filter(demo=False).count() == 0
    roles = {entry[0] for entry in sign_ins()}
    assert len(roles) >= 12
    assert load() == count  # the same from the same seed
    assert verify().ok
    assert missing() == []
    assert drop() == count
    assert not Entry.objects.exists()
    assert missing() == []


def test_the_demos_doors_shut_when_something_real_comes(fresh_database: None) -> None:
    load()
    assert demo_accounts()
    with pytest.raises(CommandError, match="demo drop"):
        call_command("administrator", "--username", "x", "--name", "y", "--unit", "610118000000-EMO")
    with transaction.atomic():
        create_region(by=SYSTEM, code="610122000000", name="蓝田县", level="county", parent=None)
    assert demo_accounts() == []


def test_the_demo_never_stands_beside_real_records(county: County) -> None:
    with pytest.raises(RealRecords):
        load()
    with pytest.raises(RealRecords):
        drop()
    assert Record.objects.exists()
