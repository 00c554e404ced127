"""A backup brings back what was destroyed after it was made; the list beside the database destroys it again."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from fenghuo.kernel.destruction.backups import backups_holding
from fenghuo.kernel.destruction.services import write_list
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.journal.verifying import verify
from fenghuo.kernel.keeping.tests.conftest import House, house  # noqa: F401 - the fixture
from fenghuo.response.incidents.models import Report
from tests.destruction.orders import carried_out, dismissed_report


def test_a_restore_destroys_again(house: House, settings: Any) -> None:  # noqa: F811
    settings.DESTRUCTION_ORDERS = house.data / "destruction-orders.json"
    report = dismissed_report(house.county)
    while number_waiting():
        pass
    path: Path = house.backup()
    carried_out(house.county, report)
    write_list(settings.DESTRUCTION_ORDERS)
    (named,) = backups_holding(timezone.now())
    assert named.name
    assert named.expires_at is not None
    assert named.expires_at > timezone.now()
    call_command("restore", path, "--replace")
    assert Report.objects.get(pk=report.pk).text == ""
    while number_waiting():
        pass
    verdict = verify()
    assert verdict.ok, verdict.first_bad
    assert verdict.destroyed > 0
