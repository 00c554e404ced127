"""What the county sets itself: in force from its day, on record, for all processes; wrong rows are named."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, NotAllowed, WrongState
from fenghuo.kernel.clocks.models import Clock, OwnRule
from fenghuo.kernel.clocks.rulebook import forget, rules
from fenghuo.kernel.clocks.services import (
    apply_change,
    import_own_rules,
    meet,
    preview_change,
    rules_with,
    rules_without,
    set_own_rule,
    withdraw_own_rule,
)
from fenghuo.kernel.clocks.tests.records import entry_of, make, public, start
from fenghuo.kernel.journal.models import Entry
from fenghuo.standards.deadlines import COLUMNS
from tests.county import County

ROW = {
    "id": "R8", "subject": "incident", "kinds": "*", "anchor": "learned", "span": "20m", "way": "phone",
    "duty": "duty", "from_zh": "值班室", "from_en": "duty room", "to_zh": "县总值班室", "to_en": "county duty office",
    "what_zh": "首报(电话)", "what_en": "first report by telephone", "in_force_from": "2026-01-01",
}  # fmt: skip
PAPER: dict[str, Any] = {"source": "鄠政办发〔2026〕3号", "decided_on": date(2026, 1, 5)}


def spans(day: date = date(2026, 6, 1), region: str = "") -> str:
    chosen = rules().choose("R8", {"learned": day}, region)
    return str(chosen.span) if chosen else "–"


def test_an_own_row_holds_at_once_and_is_on_record(county: County) -> None:
    own = set_own_rule(ROW, by=county.actor("emo", "administrator"), **PAPER)
    assert spans() == "20m"
    said = public(Entry.objects.get(verb="clock.rule_set"))
    assert (said["source"], said["before"], said["after"]["span"]) == (
        PAPER["source"],
        None,
        "20m",
    )
    assert own.columns["source"] == "COUNTY"
    report = start(make(county), "incident", {"learned": timezone.now(), "occurred": timezone.now()}, kind="fire")
    assert report["R8"].due_at - report["R8"].started_at == timedelta(minutes=20)
    assert report["R8"].version == "own 2026-01-01"
    assert report["R8"].certainty == "?"


def test_a_later_row_ends_the_one_before_and_the_same_day_replaces_it(county: County) -> None:
    admin = county.actor("emo", "administrator")
    set_own_rule(ROW, by=admin, **PAPER)
    set_own_rule(ROW | {"span": "15m", "in_force_from": "2026-07-01"}, by=admin, **PAPER)
    assert (spans(date(2026, 6, 30)), spans(date(2026, 7, 1))) == ("20m", "15m")
    set_own_rule(ROW | {"span": "25m", "in_force_from": "2026-07-01"}, by=admin, **PAPER)
    assert spans(date(2026, 7, 1)) == "25m"
    assert OwnRule.objects.count() == 2
    assert public(Entry.objects.filter(verb="clock.rule_set").latest("pk"))["before"]["span"] == "15m"
    withdraw_own_rule(OwnRule.objects.get(in_force_from="2026-07-01"), by=admin, reason="废止")
    assert spans(date(2026, 7, 1)) == "30m"  # the shipped one again
    with pytest.raises(WrongState):
        withdraw_own_rule(OwnRule.objects.get(in_force_from="2026-07-01"), by=admin, reason="废止")


def test_a_towns_row_holds_for_records_there(county: County) -> None:
    admin = county.actor("emo", "administrator")
    set_own_rule(ROW | {"region_code": "610118007000", "span": "10m"}, by=admin, **PAPER)
    now = {"learned": timezone.now(), "occurred": timezone.now()}
    there = start(make(county, region="village"), "incident", now, kind="fire")["R8"]
    elsewhere = start(make(county, region="b"), "incident", now, kind="fire")["R8"]
    assert (there.due_at - there.started_at, elsewhere.due_at - elsewhere.started_at) == (
        timedelta(minutes=10),
        timedelta(minutes=30),
    )


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"span": "soon"}, "span"),
        ({"span": "0d", "repeats": "yes"}, "span"),
        ({"span": "at_once", "repeats": "yes"}, "repeats"),
        ({"anchor": "heard"}, "anchor"),
        ({"valid_to": "2025-01-01"}, "valid_to"),
        ({"when": "level>=3 & level<=2"}, "when"),
        ({"certainty": "V"}, "certainty"),
        ({"what_zh": ""}, "what_zh"),
        ({"id": ""}, "id"),
        ({"id": "R3"}, "id"),  # read in the law
    ],
)
def test_a_row_that_contradicts_itself_is_refused_with_its_column(
    county: County, said: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        set_own_rule(ROW | said, by=county.actor("emo", "administrator"), **PAPER)
    assert field in [fault.field for fault in refused.value.faults]
    assert not OwnRule.objects.exists()
    assert spans() == "30m"


def test_overlap_paper_and_day_are_asked_for(county: County) -> None:
    admin = county.actor("emo", "administrator")
    set_own_rule(ROW | {"valid_to": "2026-06-30"}, by=admin, **PAPER)
    with pytest.raises(Invalid) as refused:
        set_own_rule(ROW | {"in_force_from": "2026-06-30"}, by=admin, **PAPER)
    assert "2026-01-01 – 2026-06-30" in str(refused.value.faults[0].message)
    with pytest.raises(Invalid) as refused:
        set_own_rule(ROW, by=admin, source=" ", decided_on=timezone.localdate() + timedelta(days=1))
    assert [fault.field for fault in refused.value.faults] == ["own_source", "decided_on"]


def test_only_the_administrator_may(county: County) -> None:
    for role in ("head", "duty_leader", "clerk"):
        with pytest.raises(NotAllowed):
            set_own_rule(ROW, by=county.actor("emo", role), **PAPER)


def test_a_file_is_read_in_whole_or_not_at_all(county: County) -> None:
    admin = county.actor("emo", "administrator")
    head = ",".join(COLUMNS)
    lines = [",".join((ROW | said).get(name, "") for name in COLUMNS) for said in (
        {"source": "COUNTY", "certainty": "?"}, {"id": "R9", "span": "?", "source": "COUNTY", "certainty": "?"},
    )]  # fmt: skip
    with pytest.raises(Invalid) as refused:
        import_own_rules("\n".join((head, *lines)), by=admin, **PAPER)
    assert refused.value.faults[0].field == "3.span"
    assert not OwnRule.objects.exists()
    assert len(import_own_rules("\ufeff" + "\n".join((head, lines[0])), by=admin, **PAPER)) == 1
    with pytest.raises(Invalid):
        import_own_rules(head, by=admin, **PAPER)


def test_what_a_change_would_do_is_shown_before_and_done_on_record(county: County) -> None:
    admin, now = county.actor("emo", "administrator"), timezone.now()
    records = [make(county) for _ in range(5)]
    for minutes, record in enumerate(records):
        begun = now - timedelta(minutes=minutes)
        start(record, "incident", {"learned": begun, "occurred": begun}, kind="fire")
    before, after = rules(), rules_with(ROW | {"span": "2m"})
    shown = preview_change(before, after)
    assert {(one.rule, one.due_before - one.due_after) for one in shown} == {("R8", timedelta(minutes=28))}
    assert [one.newly_late for one in shown] == [True, True, True, False, False]  # due first comes first
    assert Clock.objects.filter(rule="R8", version="2026-01-01").count() == 5  # nothing was changed
    set_own_rule(ROW | {"span": "2m"}, by=admin, **PAPER)
    assert apply_change(before, rules(), by=admin, why="rules") == 5
    assert apply_change(before, rules(), by=admin, why="rules") == 0
    assert Entry.objects.filter(verb="clock.moved").count() == 5
    for clock in Clock.objects.filter(rule="R8"):
        assert clock.due_at == clock.started_at + timedelta(minutes=2)
        assert clock.version == "own 2026-01-01"
    assert not Clock.objects.exclude(rule="R8").filter(version__startswith="own").exists()
    back = preview_change(rules(), rules_without(OwnRule.objects.get()))
    assert {one.due_after - one.due_before for one in back} == {timedelta(minutes=28)}


def test_a_rule_in_force_from_a_later_day_leaves_what_runs_alone(county: County) -> None:
    start(make(county), "incident", {"learned": timezone.now(), "occurred": timezone.now()}, kind="fire")
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert preview_change(rules(), rules_with(ROW | {"span": "2m", "in_force_from": tomorrow})) == []


def test_what_was_done_keeps_its_moment(county: County) -> None:
    record = make(county)
    start(record, "incident", {"learned": timezone.now(), "occurred": timezone.now()}, kind="fire")
    meet(record.pk, ["R8"], timezone.now(), entry_of(record))
    assert preview_change(rules(), rules_with(ROW | {"span": "2m"})) == []


def test_a_preview_costs_the_same_however_many_run(county: County) -> None:
    def queries(count: int) -> int:
        for _ in range(count):
            start(make(county), "incident", {"learned": timezone.now(), "occurred": timezone.now()}, kind="fire")
        before, after = rules(), rules_with(ROW)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            preview_change(before, after)
        return len(asked)

    assert queries(1) == queries(20)


def test_asking_for_the_rules_costs_no_query(county: County, django_assert_num_queries: Any) -> None:
    rules()
    with django_assert_num_queries(0):
        for _ in range(100):
            rules()


def test_a_broken_file_of_the_county_stops_nothing(county: County, settings: Any, tmp_path: Path) -> None:
    settings.OWN_DEADLINES = tmp_path / "deadlines.csv"
    row = ROW | {"source": "COUNTY", "certainty": "?"}
    good = ",".join(row.get(name, "") for name in COLUMNS)
    broken = ",".join((row | {"id": "R9", "span": "soon"}).get(name, "") for name in COLUMNS)
    settings.OWN_DEADLINES.write_text("\n".join((",".join(COLUMNS), good, broken)), encoding="utf-8")
    forget()
    assert spans() == "20m"
    assert str(rules()["R9"].span) == "60m"  # the shipped one
    assert county.report().pk
    settings.OWN_DEADLINES.write_bytes(b"\xff\xfe\x00")
    assert spans() == "30m"


def test_a_row_in_the_table_goes_before_the_file(county: County, settings: Any, tmp_path: Path) -> None:
    settings.OWN_DEADLINES = tmp_path / "deadlines.csv"
    row = ROW | {"source": "COUNTY", "certainty": "?", "span": "25m"}
    settings.OWN_DEADLINES.write_text(
        "\n".join((",".join(COLUMNS), ",".join(row.get(name, "") for name in COLUMNS))), encoding="utf-8"
    )
    assert spans() == "25m"
    set_own_rule(ROW, by=SYSTEM, **PAPER)
    assert spans() == "20m"


def test_calls_from_a_town_with_a_rule_of_its_own_have_its_deadline(county: County) -> None:
    own = ROW | {"id": "report-phone", "subject": "report", "region_code": "610118007000", "span": "10m"}
    set_own_rule(own, by=SYSTEM, **PAPER)
    there, elsewhere = county.report(), county.report(location={"text": "余下街道"})
    spans = {}
    for report in (there, elsewhere):
        clock = Clock.objects.get(record=report.pk)
        region = report.record.region.code if report.record.region else ""
        spans[region[:9]] = clock.due_at - clock.started_at
    assert spans["610118007"] == timedelta(minutes=10)
    assert len(spans) == 2
    assert timedelta(minutes=30) in spans.values()
