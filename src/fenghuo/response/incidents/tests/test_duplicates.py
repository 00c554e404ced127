"""Likely duplicates: ranked with reasons, found at intake and afterwards, never joined by themselves."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.response.incidents import services
from fenghuo.response.incidents.duplicates import likely_for
from fenghuo.response.incidents.models import ReportState
from fenghuo.response.incidents.services import Received, receive_reports
from tests.county import County, incoming

VILLAGE = {"address": "草堂街道草堂营村", "latitude": 34.0439, "longitude": 108.7108}


def received(county: County, by: Actor, **said: Any) -> Received:
    (outcome,) = receive_reports([incoming(by, **said)])
    assert isinstance(outcome, Received)
    return outcome


def ago(minutes: int) -> str:
    return (timezone.localtime().replace(microsecond=0) - timedelta(minutes=minutes)).isoformat()


def test_the_same_crash_told_twice(county: County) -> None:
    police = county.machine()
    first = received(county, police, received_at=ago(4), text="草堂营村村口两车相撞,三人受伤", location=VILLAGE)
    near = {"address": "草堂营村", "latitude": 34.0455, "longitude": 108.7120}
    second = received(county, police, received_at=ago(3), text="草堂营村附近车祸,伤者两名", location=near)
    (found,) = second.report.duplicates
    assert (found.record, found.number) == (first.report.pk, first.report.number)
    assert found.score > 0.7
    assert list(found.why)[:3] == ["metres", "minutes", "kind"]
    assert 150 < found.why["metres"] < 250
    assert second.report.state == ReportState.NEW


@pytest.mark.parametrize(
    "other",
    [
        {"location": {"latitude": 34.11, "longitude": 108.45}},  # 25 km away
        {"kind": "food_safety", "text": "一家人上吐下泻", "location": {"latitude": 34.052, "longitude": 108.722}},
        {"received_at": "2026-05-10T03:04:05+08:00"},  # long ago
    ],
)
def test_what_is_no_duplicate(county: County, other: dict[str, Any]) -> None:
    police = county.machine()
    received(county, police, received_at=ago(4), location=VILLAGE)
    said = {"received_at": ago(3), "location": VILLAGE} | other
    assert received(county, police, **said).report.duplicates == ()


def test_the_same_caller_and_a_place_by_name_only(county: County) -> None:
    police = county.machine()
    caller = {"name": "张某", "phone": "13800000001"}
    first = received(county, police, received_at=ago(9), location=VILLAGE, caller=caller)
    again = received(county, police, received_at=ago(3), location=None, kind=None, text="怎么还没来人", caller=caller)
    assert [found.record for found in again.report.duplicates] == [first.report.pk]
    assert "caller" in again.report.duplicates[0].why
    named = received(county, police, received_at=ago(2), location={"address": "草堂营村"}, text="车祸有人受伤")
    assert first.report.pk in {found.record for found in named.report.duplicates}


def test_in_one_batch_too(county: County) -> None:
    police = county.machine()
    batch = [incoming(police, received_at=ago(2), location=VILLAGE) for _number in range(2)]
    first, second = receive_reports(batch)
    assert isinstance(first, Received)
    assert isinstance(second, Received)
    assert first.report.duplicates == ()
    assert [found.record for found in second.report.duplicates] == [first.report.pk]


def test_reports_of_an_open_incident_are_shown_as_that_incident(county: County) -> None:
    desk = county.actor("emo")
    one, two = county.report(received_at=ago(9), location=VILLAGE), county.report(received_at=ago(8), location=VILLAGE)
    it = services.open_incident([one, two], by=desk)
    late = county.report(received_at=ago(3), location=VILLAGE)
    (found,) = likely_for(late, desk)
    assert (found.record, found.number, found.is_incident) == (it.pk, it.record.number, True)
    services.close_incident(it, by=desk, summary="完")
    assert likely_for(late, desk) == []


def test_a_platform_learns_nothing_of_anothers_calls(county: County) -> None:
    received(county, county.machine("120"), source="120", received_at=ago(4), location=VILLAGE)
    mine = received(county, county.machine("110"), received_at=ago(3), location=VILLAGE)
    assert mine.report.duplicates == ()
    report = county.report(received_at=ago(2), location=VILLAGE)
    assert len(likely_for(report, county.actor("emo"))) == 2
    assert likely_for(report, county.actor("b")) == []


def test_dismissed_ones_are_not_offered(county: County) -> None:
    desk, report = county.actor("emo"), county.report(received_at=ago(4), location=VILLAGE)
    services.dismiss_report(report, by=desk, reason="prank")
    assert likely_for(county.report(received_at=ago(3), location=VILLAGE), desk) == []
