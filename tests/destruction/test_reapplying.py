"""A restored backup brings values back; the list of orders, kept outside, destroys them again."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from fenghuo.kernel.access.errors import Invalid
from fenghuo.kernel.destruction.models import Item, Order
from fenghuo.kernel.destruction.services import read_orders, reapply, write_list, written_orders
from fenghuo.kernel.journal.models import Destroyed, Entry
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.journal.verifying import verify
from fenghuo.response.incidents.models import Report
from tests.county import County
from tests.destruction.orders import carried_out, dismissed_report, drafted, work


@pytest.fixture
def elsewhere(county: County) -> str:
    """The list of an order that this database, restored from before it, knows nothing of."""
    report = dismissed_report(county)
    document = {
        "format": "fenghuo destruction orders 1",
        "orders": [
            {
                "no": 3,
                "basis": "erl85",
                "basis_text": "",
                "reason": "应急处置工作结束",
                "rule": "",
                "drafted_at": "2026-05-12T03:04:05+08:00",
                "records": [["report", report.record.number, report.pk], ["report", "R20990101-0001", 99_999]],
            }
        ],
    }
    return json.dumps(document)


def test_what_came_back_is_destroyed_again_under_its_own_number(elsewhere: str) -> None:
    (again,) = reapply(read_orders(elsewhere))
    assert (again.no, again.here, again.missing) == (3, 1, 1)
    work()
    order = Order.objects.get()
    assert (order.no, order.state) == (3, "done")
    assert Report.objects.get().text == ""
    assert set(Destroyed.objects.values_list("order_no", flat=True)) == {3}
    assert Entry.objects.filter(verb="destruction.reapplied").count() == 1
    (again,) = reapply(read_orders(elsewhere))
    assert again.here == 0
    while number_waiting():
        pass
    assert verify().ok


def test_a_number_that_was_given_anew_is_not_mixed_up(county: County, elsewhere: str) -> None:
    mine = [carried_out(county, dismissed_report(county)) for _number in range(3)][-1]
    assert mine.no == 3
    (again,) = reapply(read_orders(elsewhere))
    assert again.order is not None
    assert again.order.no == 4
    assert "3" in again.order.basis_text
    assert drafted(county, dismissed_report(county)).no == 5


def test_a_record_of_the_same_number_that_is_another_is_not_touched(county: County, elsewhere: str) -> None:
    document = json.loads(elsewhere)
    document["orders"][0]["records"][0][2] += 1000
    (again,) = reapply(read_orders(json.dumps(document)))
    assert again.here == 0
    assert Report.objects.get().text


def test_what_is_open_here_is_left_and_goes_with_the_next_time(county: County, elsewhere: str) -> None:
    Report.objects.update(state="new")
    reapply(read_orders(elsewhere))
    work()
    assert Item.objects.get().why == "not_decided"
    Report.objects.update(state="dismissed")
    (again,) = reapply(read_orders(elsewhere))
    assert again.here == 1
    work()
    assert Report.objects.get().text == ""


def test_the_list_is_written_with_each_order_and_keeps_what_it_knew(
    county: County, tmp_path: Path, settings: Any
) -> None:
    settings.DESTRUCTION_ORDERS = tmp_path / "orders.json"
    carried_out(county, dismissed_report(county))
    (first,) = read_orders(settings.DESTRUCTION_ORDERS.read_text())
    assert len(first.records) == 1
    other = json.loads(settings.DESTRUCTION_ORDERS.read_text())
    other["orders"][0] |= {"no": 9, "drafted_at": "2026-01-01T00:00:00+08:00"}
    settings.DESTRUCTION_ORDERS.write_text(json.dumps(other))
    write_list()
    assert {one.no for one in read_orders(settings.DESTRUCTION_ORDERS.read_text())} == {1, 9}


def test_what_is_no_list_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("", "[]", "{}", '{"format": "x", "orders": []}', '{"format": "fenghuo destruction orders 1"}'):
        with pytest.raises(Invalid):
            read_orders(text)
    (tmp_path / "no.json").write_text("{}")
    with pytest.raises(SystemExit) as ended:
        call_command("destruction", "reapply", str(tmp_path / "no.json"))
    assert ended.value.code == 1


def test_the_commands_write_and_apply(county: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = dismissed_report(county)
    carried_out(county, report)
    call_command("destruction", "export", str(tmp_path / "copy.json"))
    assert (
        json.loads((tmp_path / "copy.json").read_text())["orders"] == json.loads(json.dumps(written_orders()))["orders"]
    )
    Item.objects.update(state="left")  # as if its part had never been
    Report.objects.update(text="又回来了")
    call_command("destruction", "reapply", str(tmp_path / "copy.json"), "--json")
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert said["orders"] == [{"no": 1, "here": 1, "missing": 0, "destroyed": 1, "left": 0}]
    assert Report.objects.get().text == ""
