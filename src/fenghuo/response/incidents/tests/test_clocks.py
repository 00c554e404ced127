"""Clocks against an independent calculation: the rules written out by hand, from domain-rules 2.1."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from fenghuo.kernel.access.errors import Invalid
from fenghuo.kernel.clocks.models import Clock
from fenghuo.kernel.journal.models import Entry
from fenghuo.response.incidents import services
from fenghuo.response.incidents.models import Incident
from tests.county import County

XIAN = ZoneInfo("Asia/Shanghai")


def running(record: int) -> dict[str, datetime]:
    rows = Clock.objects.filter(record=record, met_at__isnull=True, ended_at__isnull=True)
    return {row.rule: row.due_at for row in rows}


def incident(county: County, kind: str, minutes_ago: int = 10, **said: Any) -> Incident:
    received = timezone.localtime().replace(microsecond=0) - timedelta(minutes=minutes_ago)
    report = county.report(received_at=received.isoformat(), kind=kind, text="情况", **said)
    return services.open_incident([report], by=county.actor("emo"))


def days(moment: datetime, count: int) -> datetime:
    """The end of the day `count` days after, in the county's time."""
    local = moment.astimezone(XIAN)
    return datetime(local.year, local.month, local.day, tzinfo=XIAN) + timedelta(days=count + 1)


def minutes(moment: datetime, count: int) -> datetime:
    return moment + timedelta(minutes=count)


def test_a_report_has_a_clock_from_the_call(county: County) -> None:
    report = county.report()
    assert running(report.pk) == {"report-phone": minutes(report.received_at, 30)}
    clock = Clock.objects.get()
    assert clock.certainty == "?"


def test_a_call_whose_sender_has_a_wrong_clock_has_one_too(county: County) -> None:
    report = county.report(received_at="2001-01-01T00:00:00+08:00")
    assert running(report.pk) == {"report-phone": minutes(report.received_at, 30)}


@pytest.mark.parametrize(
    ("kind", "figures", "expected"),
    [
        ("road_traffic", {"injured": 3}, {"R8": 30, "R9": 60, "R5-traffic": "7d"}),
        (
            "road_traffic",
            {"dead": 3},
            {"R8": 30, "R9": 60, "R10-phone": 30, "R10-written": 60, "R5-traffic": "7d"},
        ),
        (
            "coal_mine",
            {"dead": 1},
            {"R8": 30, "R9": 60, "R3": 120, "R7-daily": 1440, "R5": "30d", "R31": "60d"},
        ),
        (
            "coal_mine",
            {"dead": 10},
            {
                "R8": 30,
                "R9": 60,
                "R10-phone": 30,
                "R10-written": 60,
                "R3": 120,
                "R6": 60,
                "R7-twice": 720,
                "R5": "30d",
                "R31": "60d",
            },
        ),
        ("environment", {}, {"R8": 30, "R9": 60, "R14": 240}),
        (
            "environment",
            {"dead": 10},
            {"R8": 30, "R9": 60, "R10-phone": 30, "R10-written": 60, "R15": 120},
        ),
        ("infectious_disease", {}, {"R8": 30, "R9": 60, "R18-health": 120, "R18-government": 120}),
        ("landslide", {"dead": 1}, {"R8": 30, "R9": 60, "R22": 720, "R23": 120}),
        (
            "landslide",
            {"dead": 10},
            {
                "R8": 30,
                "R9": 60,
                "R10-phone": 30,
                "R10-written": 60,
                "R21": 240,
                "R23": 120,
                "R24": 120,
            },
        ),
    ],
)
def test_an_incident_has_the_clocks_of_its_kind_and_level(
    county: County, kind: str, figures: dict[str, int], expected: dict[str, Any]
) -> None:
    it = incident(county, kind, figures=figures)
    calculated = {
        rule: days(it.occurred_at, int(span[:-1])) if isinstance(span, str) else minutes(it.learned_at, span)
        for rule, span in expected.items()
    }
    assert running(it.pk) == calculated


def test_the_calls_clock_goes_on_with_the_incident(county: County) -> None:
    desk, report = county.actor("emo"), county.report()
    it = services.open_incident([report], by=desk)
    assert not running(report.pk)
    assert running(it.pk)["R8"] == minutes(report.received_at, 30)
    services.separate_report(it, report, by=desk, reason="另一起")
    assert running(report.pk) == {"report-phone": minutes(report.received_at, 30)}
    services.dismiss_report(report, by=desk, reason="prank")
    assert not running(report.pk)


def test_a_level_raised_later_opens_its_clock_from_the_first_anchor(county: County) -> None:
    it = incident(county, "coal_mine", minutes_ago=300, figures={"dead": 1})
    desk = county.actor("emo")
    assert "R6" not in running(it.pk)
    services.grade_incident(it, by=desk, level=3, basis="研判")
    clock = Clock.objects.get(record=it.pk, rule="R6")
    assert clock.due_at == minutes(it.learned_at, 60)
    assert clock.due_at < timezone.now()  # born late
    services.grade_incident(it, by=desk, level=4)
    assert "R6" not in running(it.pk)
    services.grade_incident(it, by=desk, level=3, basis="再研判")
    assert running(it.pk)["R6"] == minutes(it.learned_at, 60)


def test_correcting_an_anchor_moves_clocks_on_record(county: County) -> None:
    it = incident(county, "coal_mine", figures={"dead": 1})
    desk, earlier = county.actor("emo"), it.learned_at - timedelta(minutes=20)
    services.note_told(it, by=desk, rules=["R8"], to="县总值班室", received_by="赵某")
    services.correct_incident(it, by=desk, occurred_at=earlier, learned_at=earlier, reason="通话记录")
    assert running(it.pk)["R9"] == minutes(earlier, 60)
    assert Clock.objects.get(record=it.pk, rule="R8").due_at == minutes(earlier, 30)
    assert Entry.objects.filter(verb="clock.moved").count() == Clock.objects.filter(record=it.pk).count()
    with pytest.raises(Invalid):
        services.correct_incident(it, by=desk, learned_at=earlier - timedelta(hours=1), reason="x")


def test_an_earlier_call_joined_later_moves_the_anchor(county: County) -> None:
    it = incident(county, "road_traffic")
    earlier = timezone.localtime().replace(microsecond=0) - timedelta(minutes=25)
    services.join_report(it, county.report(received_at=earlier.isoformat()), by=county.actor("emo"))
    assert running(it.pk)["R8"] == minutes(earlier, 30)


def test_told_it_stops_and_a_repeating_one_begins_anew(county: County) -> None:
    it, desk = incident(county, "coal_mine", figures={"dead": 1}), county.actor("emo")
    at = timezone.now() - timedelta(minutes=2)
    services.note_told(it, by=desk, rules=["R8", "R7-daily"], to="县总值班室", received_by="赵某", happened_at=at)
    assert "R8" not in running(it.pk)
    assert running(it.pk)["R7-daily"] == at + timedelta(hours=24)
    with pytest.raises(Invalid) as refused:
        services.note_told(it, by=desk, rules=["R8"], to="县总值班室", received_by="赵某")
    assert refused.value.faults[0].field == "rules"
    services.close_incident(it, by=desk, summary="完")
    assert "R7-daily" not in running(it.pk)
    assert "R9" in running(it.pk)  # what had to be told once still has to be
    services.reopen_incident(it, by=desk, reason="又塌方")
    assert "R7-daily" in running(it.pk)


def test_a_sensitive_place_is_reported_whatever_its_level(county: County) -> None:
    desk = county.actor("emo")
    it = services.open_incident([county.report(text="草堂小学门口两车相撞,一人受伤")], by=desk)
    assert it.sensitive[0]["words"] == "小学"
    assert "R10-phone" in running(it.pk)
    services.correct_incident(it, by=desk, sensitive=False, reason="仅途经")
    assert "R10-phone" not in running(it.pk)


def test_separated_incidents_have_their_own_anchors_again(county: County) -> None:
    desk = county.actor("emo")
    later, earlier = incident(county, "road_traffic", 5), incident(county, "road_traffic", 25)
    own = running(later.pk)["R8"]
    services.join_incident(later, earlier, by=desk)
    assert running(later.pk)["R8"] == minutes(earlier.learned_at, 30)
    services.separate_incident(later, earlier, by=desk, reason="两起")
    assert running(later.pk)["R8"] == own
    assert running(earlier.pk)["R8"] == minutes(earlier.learned_at, 30)


@pytest.mark.parametrize(("kind", "dead", "laws"), [("landslide", 1, {"R13", "R34"}), ("road_traffic", 1, {"R13"})])
def test_what_the_law_wants_at_once_is_named_with_the_law_and_has_no_clock(
    county: County, client: Client, kind: str, dead: int, laws: set[str]
) -> None:
    it = incident(county, kind, figures={"dead": dead})
    assert not laws & set(running(it.pk))
    client.force_login(county.account("zhao").person.account)
    page = client.get(f"/incidents/{it.record.number}/").content.decode()
    assert ("《自然灾害救助条例》第十六条" in page) == ("R34" in laws)
    assert "《中华人民共和国突发事件应对法》第十七、六十一条" in page


def test_a_deadline_whose_year_has_no_table_is_never_shown_as_late(county: County, client: Client) -> None:
    it = incident(county, "road_traffic")
    Clock.objects.filter(record=it.pk, rule="R8").update(missing_year=2019, due_at=it.learned_at - timedelta(days=9))
    client.force_login(county.account("zhao").person.account)
    for page in ("/", "/incidents/", f"/incidents/{it.record.number}/"):
        assert "2019" in client.get(page).content.decode(), page
