"""The rows that come with the program lead somewhere; the county's go first, and a slip of the pen stops nothing."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fenghuo.kernel.submissions.flaws import flaws, unknown
from fenghuo.standards.deadlines import deadlines
from fenghuo.standards.submission_kinds import COLUMNS, KINDS, papers, submission_rules

TODAY = date(2026, 5, 12)
ROW = dict(
    zip(COLUMNS, ("x", "某", "some", "committee", "township", *[""] * 8, "COUNTY", "", "?", "", "", ""), strict=True)
)


@pytest.mark.django_db  # the deadlines it names may be the county's own
@pytest.mark.parametrize("row", submission_rules().rows, ids=lambda row: row.id)
def test_every_shipped_row_names_what_is_known(row: Any) -> None:
    assert list(unknown(row, submission_rules())) == []


def test_a_village_files_within_twenty_working_days_and_is_answered_within_five() -> None:
    """PLN24 art. 26 and SPM19 art. 26, 28 (domain-rules 3.1 P6, 3.2 S7 and S9)."""
    village, safety = (submission_rules().choose(kind, TODAY) for kind in ("plan_village", "safety_plan_office"))
    assert village is not None
    assert safety is not None
    spans = {rule: deadlines()[rule].span for rule in (village.due, safety.due, safety.silence)}
    assert {rule: (span.amount, span.unit) for rule, span in spans.items()} == {  # type: ignore[union-attr]
        "P6-village": (20, "wd"),
        "S7": (20, "wd"),
        "S9": (5, "wd"),
    }
    assert village.silence == ""  # PLN24 says nothing of silence


def test_what_is_uncertain_is_never_cited_as_law() -> None:
    cited = [(row.certainty, row.cited) for row in submission_rules().rows]
    cited += [(paper.certainty, paper.cited) for paper in papers().values()]
    for certainty, said in cited:
        if certainty == "?":
            assert said == "本县设定"
        elif certainty != "V":
            assert said.endswith("（未核对原文）")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("to", "nobody"),
        ("id", "With Blanks"),
        ("certainty", "V"),
        ("papers", "poem"),
        ("steps", "1>2"),
        ("receipt", "x"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(column: str, value: str) -> None:
    lines = [",".join(COLUMNS), ",".join((ROW | {column: value}).values())]
    rows, wrong = KINDS.what_can(lines)
    assert rows == {}
    assert len(wrong) == 1
    assert "line 2" in wrong[0]


def test_the_county_and_then_the_smallest_region_go_first(tmp_path: Path) -> None:
    plain, here = ROW | {"zh": "全县"}, ROW | {"zh": "草堂", "region_code": "610118007000"}
    own = tmp_path / "submission_kinds.csv"
    own.write_text("\n".join([",".join(COLUMNS), *(",".join(row.values()) for row in (plain, here))]), encoding="utf-8")
    book = submission_rules(own)
    found = [book.choose("x", TODAY, code) for code in ("610118007226", "610118002000")]
    assert [row.zh for row in found if row is not None] == ["草堂", "全县"]


def test_the_same_wording_twice_is_named() -> None:
    rows, wrong = KINDS.what_can([",".join(COLUMNS), *(",".join(ROW.values()) for _once in range(2))])
    assert len(rows) == len(wrong) == 1


def test_the_countys_file_is_looked_at(db: None, settings: Any, tmp_path: Path) -> None:
    settings.OWN_SUBMISSION_KINDS = tmp_path / "submission_kinds.csv"
    assert flaws() == []
    wrong = ROW | {"steps": "dog", "due": "never"}
    settings.OWN_SUBMISSION_KINDS.write_text("\n".join((",".join(COLUMNS), ",".join(wrong.values()))), encoding="utf-8")
    assert len(flaws()) == 2
