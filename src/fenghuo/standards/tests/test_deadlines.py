"""The shipped rules, each at its bounds; the older law for older records; places of their own; rows that cannot be."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from fenghuo.standards.calendar import shipped as shipped_calendar
from fenghuo.standards.deadlines import (
    COLUMNS,
    LATER_COLUMNS,
    BadRules,
    Deadline,
    Facts,
    Ruleset,
    Schedule,
    Span,
    deadlines,
    read_deadlines,
    read_what_can,
    shipped,
)
from fenghuo.standards.deadlines.flaws import WHY
from fenghuo.standards.sources import SOURCES
from fenghuo.standards.tests.three_years import XIAN, after_working_days, midnight

BOOK = Ruleset(shipped(), shipped_calendar())
# Every limit of domain-rules 2 and 3, written out by hand: (span, certainty in the newest wording).
LIMITS = {
    "R1": ("at_once", "V"), "R2": ("1h", "V"), "R3": ("2h", "V"), "R5": ("30d", "V"), "R5-traffic": ("7d", "V"),
    "R6": ("1h", "K"), "R7-daily": ("24h", "K"), "R7-twice": ("12h", "K"), "report-phone": ("30m", "?"),
    "supervision-answer": ("10wd", "?"),
    "R8": ("30m", "?"), "R9": ("60m", "?"), "R10-phone": ("30m", "?"), "R10-written": ("60m", "?"),
    "R11-phone": ("30m", "?"), "R11-written": ("60m", "?"), "R12": ("4h", "K"), "R13": ("at_once", "V"),
    "R14": ("4h", "C"), "R15": ("2h", "C"), "R16": ("1h", "K"), "R17": ("2h", "V"), "R18-health": ("2h", "V"),
    "R18-government": ("2h", "V"), "R18-city": ("2h", "V"), "R19": ("1h", "V"), "R20-a": ("2h", "K"),
    "R20-bc": ("24h", "K"), "R21": ("4h", "C"), "R22": ("12h", "C"), "R23": ("2h", "C"), "R24": ("2h", "C"),
    "R25": ("daily@09:00", "C"), "R25-city": ("daily@10:00", "C"), "R25-province": ("daily@12:00", "C"),
    "R25-drought": ("10d", "C"), "R26": ("5d", "?"), "R26-city": ("3d", "?"), "R26-province": ("10d", "?"),
    "R27": ("2h", "K"), "R29-phone": ("at_once", "?"), "R29-written": ("2h", "?"), "R30": ("daily@17:00", "?"),
    "R30-night": ("daily@08:00", "?"), "R31": ("60d", "V"), "R32": ("15d", "V"), "R32-serious": ("30d", "V"),
    "R33": ("2h", "V"), "R33-province": ("1h", "V"), "R33-state": ("4h", "V"), "R34": ("at_once", "V"),
    "R35": ("at_once", "V"), "R36": ("at_once", "V"),
    "P6-general": ("20wd", "C"), "P6-special": ("20wd", "C"), "P6-department": ("20wd", "C"),
    "P6-joint": ("20wd", "C"), "P6-central": ("20wd", "C"), "P6-township": ("20wd", "C"), "P6-village": ("20wd", "C"),
    "P7": ("5wd", "?"), "P8": ("3y", "K"), "P10": ("3y", "K"), "P11": ("20wd", "K"),
    "S7": ("20wd", "C"), "S9": ("5wd", "C"), "S11": ("2y", "K"), "S12": ("yearly@end", "K"),
    "S12-site": ("halfyearly@end", "K"), "S13": ("halfyearly@end", "V"), "S15": ("3y", "K"), "S18": ("2y", "V"),
    "D-archive": ("10wd", "?"), "D-township": ("yearly@end", "?"), "D-school": ("monthly@end", "C"),
    "D-kindergarten": ("quarterly@end", "C"), "D-fire-key": ("halfyearly@end", "C"), "D-fire": ("yearly@end", "K"),
    "H4": ("quarterly@15", "K"), "H4-year": ("yearly@01-31", "K"),
}  # fmt: skip
START = datetime(2026, 1, 28, 16, 30, tzinfo=XIAN)
# When a duty that begins at START is due, by span, on paper.
DUE = {
    "30m": datetime(2026, 1, 28, 17, 0, tzinfo=XIAN), "60m": datetime(2026, 1, 28, 17, 30, tzinfo=XIAN),
    "1h": datetime(2026, 1, 28, 17, 30, tzinfo=XIAN), "2h": datetime(2026, 1, 28, 18, 30, tzinfo=XIAN),
    "4h": datetime(2026, 1, 28, 20, 30, tzinfo=XIAN), "12h": datetime(2026, 1, 29, 4, 30, tzinfo=XIAN),
    "24h": datetime(2026, 1, 29, 16, 30, tzinfo=XIAN),
    "3d": midnight(date(2026, 1, 31)), "5d": midnight(date(2026, 2, 2)), "7d": midnight(date(2026, 2, 4)),
    "10d": midnight(date(2026, 2, 7)), "15d": midnight(date(2026, 2, 12)), "30d": midnight(date(2026, 2, 27)),
    "60d": midnight(date(2026, 3, 29)), "5wd": after_working_days(START, 5), "10wd": after_working_days(START, 10),
    "20wd": midnight(date(2026, 3, 3)), "2y": midnight(date(2028, 1, 28)), "3y": midnight(date(2029, 1, 28)),
    "daily@08:00": datetime(2026, 1, 29, 8, tzinfo=XIAN), "daily@09:00": datetime(2026, 1, 29, 9, tzinfo=XIAN),
    "daily@10:00": datetime(2026, 1, 29, 10, tzinfo=XIAN), "daily@12:00": datetime(2026, 1, 29, 12, tzinfo=XIAN),
    "daily@17:00": datetime(2026, 1, 28, 17, tzinfo=XIAN), "monthly@end": midnight(date(2026, 1, 31)),
    "quarterly@end": midnight(date(2026, 3, 31)), "quarterly@15": midnight(date(2026, 4, 15)),
    "halfyearly@end": midnight(date(2026, 6, 30)), "yearly@end": midnight(date(2026, 12, 31)),
    "yearly@01-31": midnight(date(2026, 1, 31)),
}  # fmt: skip


def test_the_shipped_rules_are_these() -> None:
    assert {rule: (str(row.span or "at_once"), row.certainty(next(iter(row.kinds)))) for rule, row in
            ((rule, BOOK[rule]) for rule in BOOK)} == LIMITS  # fmt: skip


@pytest.mark.parametrize("rule", [rule for rule, (span, _) in LIMITS.items() if span != "at_once"])
def test_each_is_due_at_its_bound(rule: str) -> None:
    due = BOOK[rule].ends(START, XIAN, BOOK.calendar).at
    assert due == DUE[LIMITS[rule][0]]
    assert due - timedelta(microseconds=1) < due  # the last moment is still in time: late is what lies after


@pytest.mark.parametrize("row", shipped(), ids=lambda row: f"{row.id} {row.version}")
def test_each_row_holds_from_its_first_day_to_its_last(row: Deadline) -> None:
    assert row.in_force(row.in_force_from)
    assert not row.in_force(row.in_force_from - timedelta(days=1))
    if row.valid_to is not None:
        assert row.in_force(row.valid_to)
        assert not row.in_force(row.valid_to + timedelta(days=1))
    assert row.source in SOURCES
    assert all(row.what + row.giver + row.receiver)
    for certainty in row.kinds.values():
        assert (certainty == "?") == (row.source == "COUNTY")  # what is uncertain is never cited as law


@pytest.mark.parametrize("rule", [rule for rule in LIMITS if rule not in ("R31", "R32-serious")])
def test_only_two_rules_allow_an_extension(rule: str) -> None:
    assert BOOK[rule].extension is None


def test_an_extension_is_counted_from_the_last_day() -> None:
    occurred = datetime(2026, 5, 12, 8, tzinfo=XIAN)
    assert BOOK["R31"].ends(occurred, XIAN, BOOK.calendar).at == midnight(date(2026, 7, 11))
    longer = BOOK["R31"].ends(occurred, XIAN, BOOK.calendar, extension=Span(60, "d"))
    assert longer.at == midnight(date(2026, 9, 9))  # 20 days of July, 31 of August, 9 of September


@pytest.mark.parametrize(
    ("rule", "day", "source", "article"),
    [
        ("P6-general", date(2024, 1, 30), "PLN13", "第二十条"),
        ("P6-general", date(2024, 1, 31), "PLN24", "第二十六条"),
        ("P10", date(2024, 1, 30), "PLN13", "第二十二条"),
        ("P10", date(2024, 1, 31), "PLN24", ""),
    ],
)
def test_an_old_record_lives_under_the_old_rule(rule: str, day: date, source: str, article: str) -> None:
    chosen = BOOK.choose(rule, {"issued": day})
    assert chosen is not None
    assert (chosen.source, chosen.article) == (source, article)


def test_before_any_law_there_is_no_rule() -> None:
    assert BOOK.choose("P6-general", {"issued": date(2013, 10, 24)}) is None
    assert BOOK.choose("R13", {"learned": date(2024, 10, 31)}) is BOOK.wording("R13", "2007-11-01")
    assert BOOK.choose("R12", {"occurred": date(2025, 2, 25)}) is None


def test_the_rule_is_that_of_its_own_anchors_day_in_the_zone_of_the_county() -> None:
    last_of_october = datetime(2024, 10, 31, 15, 59, tzinfo=XIAN)
    anchors = {"learned": last_of_october, "occurred": last_of_october}
    (old,) = [row for row in BOOK.holding("incident", Facts(kind="fire"), anchors, XIAN) if row.id == "R13"]
    assert old.source == "ERL07"
    anchors["learned"] += timedelta(hours=9)
    (new,) = [row for row in BOOK.holding("incident", Facts(kind="fire"), anchors, XIAN) if row.id == "R13"]
    assert new.source == "ERL24"


@pytest.mark.parametrize(
    ("subject", "facts", "anchors", "expected"),
    [
        ("plan", {"special"}, {"issued"}, {"P6-special", "P8", "P10", "P11"}),
        ("plan", {"village"}, {"issued"}, {"P6-village"}),
        ("plan", {"township"}, {"issued"}, {"P6-township"}),
        ("plan", {"township"}, set(), set()),  # what it counts from is not known yet
        ("safety_plan", {"dangerous", "assessed_unit"}, {"issued"}, {"S7", "S15"}),
        ("submission", {"safety_filing"}, {"received"}, {"S9"}),
        ("submission", set(), {"received"}, {"P7"}),
        ("drill", set(), {"held"}, {"D-archive"}),
        ("drill_duty", {"school"}, {"begun"}, {"D-school"}),
        ("drill_duty", {"enterprise", "dangerous"}, {"begun"}, {"S12", "S12-site", "S13"}),
        ("case", {"class_a"}, {"diagnosed"}, {"R20-a"}),
        ("case", set(), {"diagnosed"}, {"R20-bc"}),
        ("loss_statistics", set(), {"occurred"}, {"R25"}),
        ("loss_statistics", {"drought"}, {"occurred", "stable"}, {"R25-drought", "R26"}),
        ("verification", set(), {"asked"}, {"R11-phone", "R11-written"}),
        ("hazard_statistics", {"enterprise"}, {"begun"}, {"H4", "H4-year"}),
        ("alert", set(), {"begun"}, {"R30", "R30-night"}),
    ],
)
def test_what_rooms_to_come_will_start(subject: str, facts: set[str], anchors: set[str], expected: set[str]) -> None:
    known = dict.fromkeys(anchors, START)
    found = BOOK.holding(subject, Facts(marks=frozenset(facts)), known, XIAN)
    assert {row.id for row in found} == expected


@pytest.mark.parametrize(("level", "expected"), [(1, "R32-serious"), (2, "R32"), (4, "R32"), (None, "R32")])
def test_who_decides_on_a_report_of_a_most_serious_accident_has_longer(level: int | None, expected: str) -> None:
    found = BOOK.holding("investigation", Facts(level=level), {"received": START}, XIAN)
    assert [row.id for row in found] == [expected]


HEAD = ",".join((*COLUMNS, *LATER_COLUMNS))
GOOD = {
    "id": "X1", "subject": "incident", "kinds": "*", "anchor": "learned", "span": "30m", "way": "phone",
    "duty": "duty", "from_zh": "甲", "from_en": "a", "to_zh": "乙", "to_en": "b", "what_zh": "报", "what_en": "tell",
    "source": "COUNTY", "certainty": "?", "in_force_from": "2026-01-01",
}  # fmt: skip


def line(**said: str) -> str:
    return ",".join((GOOD | said).get(column, "") for column in (*COLUMNS, *LATER_COLUMNS))


def rows(*lines: str) -> list[Deadline]:
    return read_deadlines([HEAD, *lines], own=True)


@pytest.mark.parametrize(
    ("said", "column", "code", "way_out"),
    [
        ({"id": ""}, "id", "no_id", ""),
        ({"id": "a b"}, "id", "long_id", ""),
        ({"id": "x" * 33}, "id", "long_id", ""),
        ({"subject": "incidents"}, "subject", "unknown", "incident"),
        ({"kinds": "fires"}, "kinds", "unknown", "fire"),
        ({"kinds": ""}, "kinds", "empty", "*"),
        ({"kinds": "fire:X"}, "kinds", "unknown", "V C K ?"),
        ({"anchor": "heard"}, "anchor", "unknown", "learned"),
        ({"span": "soon"}, "span", "bad_span", "20wd"),
        ({"span": "0m"}, "span", "zero_span", ""),
        ({"span": "999y"}, "span", "too_long", ""),
        ({"span": "daily@25:00"}, "span", "bad_time", "daily@09:00"),
        ({"span": "0d", "repeats": "yes"}, "span", "zero_step", "1d"),
        ({"span": "at_once", "repeats": "yes"}, "repeats", "never_ends", ""),
        ({"repeats": "no"}, "repeats", "unknown", "yes"),
        ({"way": "fax"}, "way", "unknown", "phone"),
        ({"duty": ""}, "duty", "unknown", "window"),
        ({"what_zh": ""}, "what_zh", "empty", ""),
        ({"source": "LAW"}, "source", "unknown", "COUNTY"),
        ({"certainty": ""}, "certainty", "unknown", "?"),
        ({"certainty": "V"}, "certainty", "own_law", "?"),
        ({"kinds": "fire:V"}, "kinds", "own_law", "?"),
        ({"source": "D493"}, "source", "own_law", "COUNTY"),
        ({"article": "条" * 33}, "article", "long", "32"),
        ({"what_en": "a\0b"}, "what_en", "control", ""),
        ({"in_force_from": "2026-2-1"}, "in_force_from", "bad_date", "2026-01-31"),
        ({"in_force_from": "2026-02-30"}, "in_force_from", "bad_date", ""),
        ({"valid_to": "2025-12-31"}, "valid_to", "backwards", "2026-01-01"),
        ({"region_code": "6101"}, "region_code", "bad_region", "610118000000"),
        ({"when": "level<=2 & level>=3"}, "when", "impossible", ""),
        ({"when": "dead>=10 & dead<10"}, "when", "impossible", ""),
        ({"when": "class_a & !class_a"}, "when", "impossible", ""),
        ({"when": "ungraded & level<=2"}, "when", "impossible", ""),
        ({"when": "heavy"}, "when", "bad_condition", "sensitive"),
        ({"when": "level<=5"}, "when", "bad_condition", "level<=3"),
        ({"extension": "2h"}, "extension", "bad_extension", ""),
        ({"extension": "0d"}, "extension", "bad_extension", ""),
        ({"last_day": "next_working_day"}, "last_day", "shift_minutes", ""),
    ],
)
def test_a_row_that_cannot_be_in_force_is_named(said: dict[str, str], column: str, code: str, way_out: str) -> None:
    with pytest.raises(BadRules) as refused:
        rows(line(), line(**{"id": "X2"} | said))
    flaw = next(flaw for flaw in refused.value.flaws if flaw.code == code)
    assert (flaw.line, flaw.column) == (3, column)
    assert way_out in flaw.allowed
    assert WHY[code] in str(refused.value)
    assert code == "control" or flaw.value in (
        said.get(column, ""),
        said.get(column, "").split(":")[-1],
        said.get(column, "").split(":")[0],
    )


def test_all_flaws_of_a_file_are_named_at_once_and_good_rows_are_kept() -> None:
    kept, flaws = read_what_can([HEAD, line(), line(id="X2", span="?", anchor="?"), line(id="X3", way="?")], own=True)
    assert [row.id for row in kept] == ["X1"]
    assert [(flaw.line, flaw.column) for flaw in flaws] == [(3, "span"), (3, "anchor"), (4, "way")]


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ({}, {}, True),
        ({}, {"in_force_from": "2026-06-01"}, True),
        ({"valid_to": "2026-06-01"}, {"in_force_from": "2026-06-01"}, True),
        ({"valid_to": "2026-05-31"}, {"in_force_from": "2026-06-01"}, False),
        ({}, {"region_code": "610118000000"}, False),
        ({"region_code": "610118000000"}, {"region_code": "610118000000"}, True),
        ({}, {"id": "X9"}, False),
    ],
)
def test_two_rows_of_one_id_never_hold_on_the_same_day(
    first: dict[str, str], second: dict[str, str], clash: bool
) -> None:
    if clash:
        with pytest.raises(BadRules, match="same days"):
            rows(line(**first), line(**second))
    else:
        assert len(rows(line(**first), line(**second))) == 2


def test_a_file_of_other_columns_or_of_other_letters_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadRules, match="columns"):
        read_deadlines(["id,span", "X,30m"])
    own = tmp_path / "deadlines.csv"
    own.write_bytes("id,规则".encode("gbk"))
    with pytest.raises(BadRules, match="UTF-8"):
        deadlines(own)


def test_the_nearest_place_goes_before_and_the_countys_own_before_all(tmp_path: Path) -> None:
    own = tmp_path / "deadlines.csv"
    own.write_text(
        "\n".join(
            (
                HEAD,
                line(id="R8", span="20m", in_force_from="2026-03-01", valid_to="2026-08-31"),
                line(id="R8", span="10m", region_code="610118007000"),
                line(id="R8", span="15m", region_code="610118000000"),
            )
        ),
        encoding="utf-8-sig",
    )
    book = deadlines(own)

    def span(day: date, region: str) -> str:
        chosen = book.choose("R8", {"learned": day}, region)
        return str(chosen.span) if chosen else "–"

    assert span(date(2026, 5, 1), "610118007226") == "10m"  # a village of that town
    assert span(date(2026, 5, 1), "610118002000") == "15m"  # another town of the county
    assert span(date(2026, 5, 1), "610124000000") == "20m"  # the neighbour
    assert span(date(2026, 5, 1), "") == "20m"
    assert span(date(2026, 2, 28), "") == "30m"  # before and after it the shipped one
    assert span(date(2026, 9, 1), "") == "30m"
    assert book.asks_for_place("incident")
    assert not book.asks_for_place("report")


def test_fixed_dates_repeat_and_never_stand_still() -> None:
    for row in shipped():
        if isinstance(row.span, Schedule):
            assert row.repeats
            at = START
            for _ in range(30):
                after = row.ends(at, XIAN, BOOK.calendar).at
                assert after > at
                at = after
