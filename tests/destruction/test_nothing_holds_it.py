"""After a destruction order no table, file, export or log holds what it removed, by whatever door it had come in."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction

from fenghuo.kernel.destruction.models import Order
from fenghuo.kernel.destruction.previewing import preview
from fenghuo.kernel.destruction.scrubbing import scrub
from fenghuo.kernel.destruction.services import confirm_order, draft_order
from fenghuo.kernel.destruction.working import Destroyer
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.journal.verifying import verify
from tests.county import County
from tests.destruction.planting import REGISTERED, Planted, plant
from tests.destruction.traces import file_traces, traces
from tests.sms_gateway import sms_gateway


@pytest.fixture
def planted(
    fresh_database: None, new_county: Callable[[], County], tmp_path: Path, settings: Any, caplog: Any
) -> Iterator[Planted]:
    settings.NODE = "610118000000"
    settings.MEDIA_ROOT = tmp_path / "attachments"
    settings.DESTRUCTION_ORDERS = tmp_path / "orders.json"
    settings.SMS_GATEWAY = tmp_path / "sms.toml"
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)  # statements with values: only ever in debugging
    with transaction.atomic():
        county = new_county()
    with sms_gateway() as gateway:
        gateway.write(settings.SMS_GATEWAY)
        yield plant(county)


def destroy(planted: Planted) -> Order:
    clerk, head = planted.county.actor("emo", "clerk"), planted.county.actor("government", "head")
    order = draft_order(planted.records, by=clerk, basis="erl85", reason="应急处置工作结束")
    confirm_order(order, by=head, seen=preview(order).fingerprint)
    Destroyer(Event()).run_until_idle()
    order.refresh_from_db()
    return order


def test_nothing_holds_it(planted: Planted, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    held = traces(planted.values)
    missing = [value for value in planted.values if not any(value in trace for trace in held)]
    assert missing == [], "the doors did not let these in, so their absence would prove nothing"
    assert file_traces(django_settings.MEDIA_ROOT, planted.values)
    order = destroy(planted)
    assert order.state == "done", list(order.items.values_list("target__number", "state", "why"))
    assert traces(planted.values) == []
    # Whom the order was given to stands in the register of people, and in the entry that put them there.
    where = {trace.partition(":")[0] for trace in traces([REGISTERED])}
    assert where == {"access_person.mobile", "journal_private.value"}
    assert file_traces(django_settings.MEDIA_ROOT, planted.values) == []
    assert file_traces(tmp_path / "orders.json", planted.values) == []
    assert [value for value in planted.values if value in caplog.text] == []
    while number_waiting():
        pass
    verdict = verify()
    assert verdict.ok, verdict.first_bad
    assert verdict.destroyed == order.removed["private_values"]


def test_the_file_of_the_database_holds_it_no_more(planted: Planted) -> None:
    """The file was written anew, and the log beside it is empty. On PostgreSQL a VACUUM is what can be done."""
    if connection.vendor != "sqlite":
        destroy(planted)
        assert scrub()
        return
    folder = Path(str(connection.settings_dict["NAME"])).parent
    assert [trace for trace in file_traces(folder, planted.values) if trace.startswith("fresh")]
    destroy(planted)
    assert scrub()
    assert [trace for trace in file_traces(folder, planted.values) if trace.startswith("fresh")] == []
    assert Order.objects.get().scrubbed_at is not None
