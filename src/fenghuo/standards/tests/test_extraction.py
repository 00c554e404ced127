from datetime import date, datetime, timedelta, timezone

import pytest

from ..extraction import read_text
from ..extraction.numerals import read_number

NOW = datetime(2026, 5, 12, 4, 0, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("3", 3),
        ("1,200", 1200),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("两百零五", 205),
        ("三千", 3000),
        ("1.2万", 12000),
        ("二〇二六", 2026),
        ("", None),
    ],
)
def test_a_number(words: str, value: int | None) -> None:
    assert read_number(words) == value


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("事故造成3人死亡、5人受伤", {"dead": 3, "injured": 5}),
        ("暂无人员伤亡", {"dead": 0, "injured": 0}),
        ("伤亡情况不明", {}),
        ("出动消防救援人员409人、车辆56台", {}),
        ("约20人被困", {"trapped": 20}),
        ("一名失联人员已找到", {}),
        ("两名工人窒息，其中一人已无生命体征", {}),
    ],
)
def test_figures(words: str, figures: dict[str, int]) -> None:
    found = {name: one.value.value for name, one in read_text(words, NOW)[0].figures.items()}
    assert {name: found.get(name) for name in ("dead", "injured", "trapped") if name in found} == figures


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("5月12日3时02分，草堂营村发生火灾", datetime(2026, 5, 12, 3, 2, tzinfo=NOW.tzinfo)),
        ("昨晚11点半", datetime(2026, 5, 11, 23, 30, tzinfo=NOW.tzinfo)),
        ("半小时前", datetime(2026, 5, 12, 3, 30, tzinfo=NOW.tzinfo)),
        ("2025年5月1日发生一起事故", date(2025, 5, 1)),
    ],
)
def test_time(words: str, moment: datetime | date) -> None:
    found = read_text(words, NOW)[0].time
    assert found is not None
    assert found.value == moment
    assert words[found.start : found.end] == found.words


def test_a_text_without_a_full_stop_is_one_incident() -> None:
    told = read_text("草堂营村着火了快来人" * 2000, NOW)
    assert [one.kind.value for one in told if one.kind] == ["fire"]


@pytest.mark.parametrize(
    ("words", "phones"),
    [
        ("联系电话 138 0000 1234", ["13800001234"]),
        ("值班室029-84800000", ["029-84800000"]),
        ("身份证610125199001011234", []),
    ],
)
def test_phones(words: str, phones: list[str]) -> None:
    assert [found.value for found in read_text(words, NOW)[0].phones] == phones
