"""Every threshold row at its bounds, read from the table by the test itself; and what is unknown."""

import csv
import re
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.decision.grading import Grade, grade
from fenghuo.standards.thresholds import read_thresholds, thresholds_for

DAY = date(2026, 5, 12)


def rows() -> list[dict[str, str]]:
    folder = files("fenghuo.standards")
    with folder.joinpath("threshold_tables.csv").open(encoding="utf-8") as file:
        tables = {row["table"]: row for row in csv.DictReader(file)}
    with folder.joinpath("thresholds.csv").open(encoding="utf-8") as file:
        return [row | tables[row["table"]] for row in csv.DictReader(file)]


def proposed(row: dict[str, str], kind: str, figures: dict[str, Any]) -> Grade:
    day = date.fromisoformat(row["valid_to"]) if row["valid_to"] else DAY
    return grade(kind, figures, thresholds_for(kind, grades=row["grades"]), day)


def at(row: dict[str, str], shift: Decimal) -> dict[str, Decimal]:
    """The row's own measures at its bounds, the first of them moved by `shift`; of a sum, its last part."""
    figures = {}
    for number, part in enumerate(row["condition"].split("&")):
        name, bound = re.split(">=|<=|>|<", part.strip())
        figures[name.split("+")[-1]] = Decimal(bound) + (shift if number == 0 else 0)
    return figures


SMALL = Decimal("0.01")


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_every_row_at_its_bounds(row: dict[str, str]) -> None:
    sign = re.findall(">=|<=|>|<", row["condition"])[0]
    inside, outside = {
        ">=": (Decimal(0), -SMALL),
        ">": (SMALL, Decimal(0)),
        "<": (-SMALL, Decimal(0)),
        "<=": (Decimal(0), SMALL),
    }[sign]
    for kind in (said.partition(":")[0] for said in row["kinds"].split()):
        assert proposed(row, kind, at(row, inside)).level == int(row["level"])
        beyond = proposed(row, kind, at(row, outside)).level
        assert beyond != int(row["level"])


@given(dead=st.integers(0, 200), serious=st.integers(0, 300), loss=st.integers(0, 20_000))
def test_the_level_is_that_of_the_worst_figure(dead: int, serious: int, loss: int) -> None:
    """D493 art. 3 written out once more, by hand."""

    def one(value: int, bounds: tuple[int, int, int]) -> int:
        return 1 + sum(value < bound for bound in bounds)

    expected = min(one(dead, (30, 10, 3)), one(serious, (100, 50, 10)), one(loss, (10_000, 5_000, 1_000)))
    found = grade(
        "coal_mine",
        {"dead": dead, "seriously_injured": serious, "loss": loss},
        thresholds_for("coal_mine"),
        DAY,
    )
    assert found.level == expected


def test_nothing_known_is_no_level() -> None:
    found = grade("fire", {}, thresholds_for("fire"), DAY)
    assert (found.level, found.row) == (None, None)
    assert "dead" in found.unknown


def test_unknown_is_not_none() -> None:
    """Three injured of whom nobody knows how badly: 一般 for now, and seven more would make it 较大."""
    found = grade("road_traffic", {"injured": 3, "trapped": 1}, thresholds_for("road_traffic"), DAY)
    assert found.level == 4
    assert found.certainty == "K"
    assert {step.measure: step.more for step in found.next_steps} == {"dead": 3, "seriously_injured": 10, "loss": 1000}
    assert {"dead", "seriously_injured", "loss"} <= set(found.unknown)
    twelve = grade("road_traffic", {"injured": 12}, thresholds_for("road_traffic"), DAY)
    assert twelve.level is None


def test_one_more_is_said() -> None:
    found = grade("fire", {"dead": 2, "missing": 1}, thresholds_for("fire"), DAY)
    assert found.level == 4
    nearest = found.next_steps[0]
    assert (nearest.measure, int(nearest.more), nearest.level) == ("dead", 1, 3)
    assert found.if_lost == 3


def test_missing_counts_as_dead_in_an_earthquake_only() -> None:
    earthquake = grade("earthquake", {"dead": 8, "missing": 2}, thresholds_for("earthquake"), DAY)
    fire = grade("fire", {"dead": 2, "missing": 8}, thresholds_for("fire"), DAY)
    assert (earthquake.level, fire.level) == (3, 4)


def test_a_near_miss() -> None:
    assert grade("coal_mine", {"trapped": 3}, thresholds_for("coal_mine"), DAY).near_miss
    assert not grade("coal_mine", {"trapped": 2}, thresholds_for("coal_mine"), DAY).near_miss
    assert not grade("landslide", {"trapped": 3}, thresholds_for("landslide"), DAY).near_miss


def test_the_rule_of_the_day() -> None:
    """Until 2014-12-28 ten deaths made an environmental incident 特别重大."""
    rows = thresholds_for("environment")
    assert grade("environment", {"dead": 10}, rows, date(2014, 12, 28)).level == 1
    assert grade("environment", {"dead": 10}, rows, date(2014, 12, 29)).level == 2


def test_a_row_of_the_county_replaces_the_shipped_one(tmp_path: Any) -> None:
    own = tmp_path / "thresholds.csv"
    own.write_text(
        "id,table,level,condition,source,article,certainty,in_force_from,valid_to,region_code\n"
        "mass-people-3,mass,3,participants>=500,COUNTY,,?,,,\n",
        encoding="utf-8",
    )
    rows = thresholds_for("mass_incident", own=own)
    assert grade("mass_incident", {"participants": 300}, rows, DAY).level is None
    assert grade("mass_incident", {"participants": 500}, rows, DAY).level == 3


def test_a_wrong_row_is_named() -> None:
    head = "id,table,level,condition,source,article,certainty,in_force_from,valid_to,region_code"
    with pytest.raises(ValueError, match="threshold x: unknown measures"):
        read_thresholds([head, "x,fire,3,deaths>=3,D493,,V,,,"])
