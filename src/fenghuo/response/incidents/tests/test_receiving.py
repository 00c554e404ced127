import json
from datetime import UTC, datetime

import pytest

from fenghuo.geo.areas import Area
from fenghuo.geo.coordinates import wgs84_to_gcj02
from fenghuo.kernel.access.errors import Conflict, Invalid, NotAllowed
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.journal.models import Entry, Private
from fenghuo.response.incidents.messages import ReportMessage
from fenghuo.response.incidents.models import Report
from fenghuo.response.incidents.reading import content_digest, read_message
from fenghuo.response.incidents.services import Incoming, Received, receive_reports
from tests.county import BOUNDARY, County, incoming
from tests.messages import message


def test_an_offset_that_no_place_on_earth_has_is_the_same_moment(county: County) -> None:
    report = county.report(received_at="2026-05-12T03:04:05-20:08")
    assert report.received_at == datetime(2026, 5, 12, 23, 12, 5, tzinfo=UTC)


def test_a_report_is_on_record_with_its_journal_entry(county: County) -> None:
    report = county.report()
    assert report.record.number.startswith("R")
    assert report.record.region_id == county.regions["village"].pk
    assert report.record.unit_id == county.units["110"].pk
    assert Entry.objects.filter(about__record=report.pk, verb="report.received").count() == 1


def test_nothing_personal_stands_in_title_or_sealed_text(county: County) -> None:
    said = {"name": "赵六", "phone": "13700000000"}
    report = county.report(caller=said, text="赵六家着火,电话13700000000")
    entry = Entry.objects.get(about__record=report.pk)
    for word in said.values():
        assert word not in report.record.title
        assert word not in entry.text


def test_the_same_content_again_is_the_same_report(county: County) -> None:
    machine = county.machine()
    one = incoming(machine)
    first, second = receive_reports([one, one])
    assert isinstance(first, Received)
    assert isinstance(second, Received)
    assert first.first
    assert not second.first
    assert first.report.pk == second.report.pk
    (third,) = receive_reports([one])
    assert isinstance(third, Received)
    assert not third.first


def test_other_content_under_a_known_number_is_refused_and_names_the_report(county: County) -> None:
    machine = county.machine()
    report = county.report(machine, source_id="7")
    (outcome,) = receive_reports([incoming(machine, source_id="7", text="别的事")])
    assert isinstance(outcome, Conflict)
    assert report.record.number in str(outcome.message)
    assert Report.objects.count() == 1


def test_another_platform_may_use_the_same_number(county: County) -> None:
    county.report(source_id="7")
    county.report(county.machine("120"), source_id="7", source="110")
    assert Report.objects.count() == 2


def test_who_may_not_report_leaves_no_trace_and_does_not_hold_up_others(county: County) -> None:
    good, bad = county.machine(), county.machine("120", "incidents.read")
    outcomes = receive_reports([incoming(bad), incoming(good)])
    assert isinstance(outcomes[0], NotAllowed)
    assert isinstance(outcomes[1], Received)
    assert Report.objects.count() == Record.objects.filter(kind="report").count() == 1


def test_a_batch_costs_the_same_however_large(county: County, django_assert_max_num_queries: object) -> None:
    machine = county.machine()
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert len(receive_reports([incoming(machine) for _ in range(40)])) == 40


@pytest.mark.parametrize(
    ("received_at", "mark"),
    [("2099-01-01T00:00:00+08:00", "future"), ("2001-01-01T00:00:00+08:00", "long_past")],
)
def test_strange_times_are_kept_and_marked(county: County, received_at: str, mark: str) -> None:
    report = county.report(received_at=received_at)
    assert mark in [found["mark"] for found in report.marks]


def test_swapped_axes_are_offered_not_refused(county: County) -> None:
    report = county.report(location={"latitude": 108.7108, "longitude": 34.0439})
    (mark,) = report.marks[-1:]
    assert mark["mark"] == "swapped"
    assert (mark["latitude"], mark["longitude"]) == (34.0439, 108.7108)


def test_a_place_that_is_inside_only_as_gcj_02_is_offered_not_refused(county: County) -> None:
    home = Area.from_geojson(BOUNDARY)
    inside = next(
        (latitude, longitude)
        for latitude, longitude in ((34.0, 108 + step / 1000) for step in range(999, 0, -1))
        if home.contains(latitude, longitude)
    )
    given = wgs84_to_gcj02(*inside)
    assert not home.contains(*given)
    report = county.report(location={"latitude": given[0], "longitude": given[1]})
    mark = next(mark for mark in report.marks if mark["mark"] == "gcj02")
    assert (mark["latitude"], mark["longitude"]) == pytest.approx(inside, abs=0.0001)
    assert (report.latitude, report.longitude) == pytest.approx(given)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "=CMD()", "zero\u200bwidth", "\u202eright to left", "🔥" * 50]
)
def test_odd_text_is_kept_as_it_came(county: County, text: str) -> None:
    assert county.report(text=text).text == text


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": None}, "text"),
        ({"text": ""}, "text"),
        ({"text": "  "}, "text"),
        ({"text": "长" * 10_001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": 7}, "text"),
        ({"source": "911"}, "source"),
        ({"source_id": ""}, "source_id"),
        ({"source_id": "x" * 129}, "source_id"),
        ({"received_at": "yesterday"}, "received_at"),
        ({"received_at": "2026-05-12T03:04:05"}, "received_at"),
        ({"received_at": "0001-01-01T00:00:00Z"}, "received_at"),
        ({"kind": "alien_landing"}, "kind"),
        ({"figures": {"injured": -1}}, "figures.injured"),
        ({"figures": {"injured": 1.5}}, "figures.injured"),
        ({"figures": {"injured": "3"}}, "figures.injured"),
        ({"figures": {"wounded": 3}}, "figures.wounded"),
        ({"location": {"latitude": 34.0}}, "location"),
        ({"location": {"latitude": 999, "longitude": 108}}, "location.latitude"),
        ({"caller": {"name": "名" * 101}}, "caller.name"),
        ({"caller": {"name": "名" * 34_000}}, "caller.name"),  # 100 KB
    ],
)
def test_what_cannot_be_read_names_its_field(said: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_message(ReportMessage, message(**said))
    assert field in [fault.field for fault in refused.value.faults]


def test_unknown_fields_are_kept(county: County) -> None:
    report = county.report(operator_seat="A7", caller={"name": "赵", "gender": "f"})
    assert report.extra == {"operator_seat": "A7", "caller.gender": "f"}


def test_numbers_with_a_fraction_are_kept_wherever_they_stand(county: County) -> None:
    near = {"metres": [1.5, {"up": -7.2e-47}]}
    report = county.report(caller={"age": 40.5}, location={"address": "草堂镇", "near": near})
    assert report.extra == {"caller.age": 40.5, "location.near": near}
    entry = Entry.objects.get(verb="report.received", about__record=report.pk)
    kept = json.loads(Private.objects.get(entry=entry).value)
    assert kept["location"]["near"] == {"metres": ["1.5", {"up": "-7.2e-47"}]}


def test_the_digest_does_not_depend_on_spacing_or_order() -> None:
    assert content_digest({"a": 1, "b": [1, 2]}) == content_digest({"b": [1, 2], "a": 1})
    assert content_digest({"a": 1}) != content_digest({"a": "1"})


def test_an_incoming_of_a_batch_carries_its_own_actor(county: County) -> None:
    one, two = county.machine("110"), county.machine("120")
    content = message()
    read = read_message(ReportMessage, content)
    outcomes = receive_reports([Incoming(by, read, content_digest(content)) for by in (one, two)])
    keys = [outcome.report.pk for outcome in outcomes if isinstance(outcome, Received)]
    senders = dict(Report.objects.filter(pk__in=keys).values_list("pk", "sender"))
    assert [senders[key] for key in keys] == [one.unit_id, two.unit_id]
