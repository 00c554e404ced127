"""A county's own file of notice steps that cannot be read stops no report and no deadline, and is named."""

from pathlib import Path
from typing import Any

from fenghuo.config.safety import own_files
from fenghuo.kernel.clocks.models import Clock
from tests.county import County


def test_a_countys_broken_file_stops_nothing(county: County, settings: Any, tmp_path: Path) -> None:
    settings.OWN_NOTICE_STEPS = tmp_path / "notice_steps.csv"
    settings.OWN_NOTICE_STEPS.write_text("over,kind,moment,to\n0m,at,never,mayor\n")
    assert any("notice_steps.csv" in said for said in own_files())
    report = county.report()
    assert Clock.objects.filter(record=report.pk, next_at__isnull=False).exists()
