"""The examples of docs/algorithms/clocks.md are true."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from fenghuo.standards.calendar import shipped
from fenghuo.standards.deadlines import read_schedule, read_span
from fenghuo.standards.tests.three_years import XIAN

TEXT = (Path(__file__).parents[4] / "docs/algorithms/clocks.md").read_text(encoding="utf-8")
MOMENT = r"(\d{4}-\d{2}-\d{2} \d{2}:\d{2})"
ROWS = re.findall(rf"^\| (\S+) \| {MOMENT} \| {MOMENT}( at the earliest)? \|", TEXT, re.MULTILINE)


def moment(said: str) -> datetime:
    day = date.fromisoformat(said[:10])
    if said.endswith("24:00"):
        return datetime(day.year, day.month, day.day, tzinfo=XIAN) + timedelta(days=1)
    return datetime.fromisoformat(said).replace(tzinfo=XIAN)


@pytest.mark.parametrize(("span", "start", "due", "earliest"), ROWS)
def test_an_example(span: str, start: str, due: str, earliest: str) -> None:
    read = read_schedule(span) if "@" in span else read_span(span)
    found = read.ends(moment(start), XIAN, shipped())
    assert found.at == moment(due)
    assert bool(earliest) == (found.missing_year is not None)


def test_the_paused_one() -> None:
    assert "Due 20 October 2026 24:00." in TEXT
    pause = (moment("2026-09-10 09:00"), moment("2026-09-24 16:00"))
    found = read_span("20wd").ends(moment("2026-09-01 10:00"), XIAN, shipped(), pauses=(pause,))
    assert found.at == moment("2026-10-20 24:00")


def test_every_unit_has_an_example() -> None:
    assert len(ROWS) >= 15
    assert {re.sub(r"^\d+|@.*", "", row[0]) for row in ROWS} >= {"m", "h", "d", "wd", "mo", "y", "daily", "quarterly"}
