"""Needs are data: every kind asks for something, and a county's own rows are read with good errors."""

from pathlib import Path

import pytest

from fenghuo.standards.capabilities import CAPABILITIES
from fenghuo.standards.kinds import KINDS
from fenghuo.standards.needs import NEEDS, Need, need_rows, needs_for
from fenghuo.standards.subjects import SUBJECTS

HEAD = "id,kinds,condition,capability,count,strength,source,certainty,zh,en\n"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_asks_for_something_though_nothing_is_known(kind: str) -> None:
    assert needs_for(kind, {}).needs


def test_no_row_is_called_law() -> None:
    for row in need_rows().values():
        assert (row.source, row.certainty) == ("COUNTY", "?"), row.id
        assert row.zh, row.id
        assert row.en, row.id


def test_capabilities_name_known_lines() -> None:
    for one in CAPABILITIES.values():
        assert one.subjects
        assert set(one.subjects) <= set(SUBJECTS), one.slug


def test_a_crash_with_three_injured_and_one_trapped() -> None:
    found = needs_for("road_traffic", {"injured": 3, "trapped": 1, "dead": 0})
    assert found.needs == (
        Need("medical", 2, must=True, why="injured"),  # 3 / 2 rounded up
        Need("rescue_cutting", 1, must=True, why="rt-trapped"),
        Need("traffic_control", 1, must=True, why="rt-order"),
        Need("road_clearing", 1, must=False, why="rt-clear"),
    )


def test_unknown_is_not_none_and_is_said() -> None:
    unknown = needs_for("road_traffic", {"trapped": None})
    assert "rescue_cutting" not in {need.capability for need in unknown.needs}
    assert "trapped" in unknown.unknown
    assert "trapped" not in needs_for("road_traffic", {"trapped": 0}).unknown


def test_a_countys_own_row_replaces_the_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "needs.csv"
    own.write_text(HEAD + "rt-order,road_traffic,,traffic_control,3,must,COUNTY,?,本县,ours\n", encoding="utf-8-sig")
    found = {need.capability: need for need in needs_for("road_traffic", {}, own=own).needs}
    assert found["traffic_control"].count == 3
    assert found["road_clearing"].count == 1
    assert needs_for("road_traffic", {}, own=tmp_path / "none.csv") == needs_for("road_traffic", {})


def test_must_and_should_of_one_capability(tmp_path: Path) -> None:
    own = tmp_path / "needs.csv"
    own.write_text(HEAD + "x,fire,,firefighting,3,should,COUNTY,?,增援,more\n", encoding="utf-8")
    found = [need for need in needs_for("fire", {}, own=own).needs if need.capability == "firefighting"]
    assert found == [
        Need("firefighting", 1, must=True, why="fire-fight"),
        Need("firefighting", 2, must=False, why="x"),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,fires,,medical,1,must,COUNTY,?,甲,a", "line 2 .x.: unknown kind 'fires'"),
        ("x,fire,,doctor,1,must,COUNTY,?,甲,a", "unknown capability 'doctor'; known are firefighting"),
        ("x,fire,,medical,0,must,COUNTY,?,甲,a", "count is '0'"),
        ("x,fire,,medical,injured/0,must,COUNTY,?,甲,a", "count is 'injured/0'"),
        ("x,fire,,medical,hurt/2,must,COUNTY,?,甲,a", "unknown figures hurt"),
        ("x,fire,injured=1,medical,1,must,COUNTY,?,甲,a", "no comparison"),
        ("x,fire,,medical,1,may,COUNTY,?,甲,a", "strength must be one of must should, not 'may'"),
        ("x,fire,,medical,1,must,LAW,?,甲,a", "'LAW' is no source"),
        (",fire,,medical,1,must,COUNTY,?,甲,a", "id is empty"),
        ("x,,,medical,1,must,COUNTY,?,甲,a", "at least one kind"),
        ("x,fire", "line 2"),
        ("x,fire,,medical,1,must,COUNTY,?,甲,a\nx,fire,,medical,1,must,COUNTY,?,甲,a", "line 3 .x.: this id"),
    ],
)
def test_a_bad_row_is_named_with_what_is_allowed(row: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        NEEDS.rows_of((HEAD + row).splitlines())


def test_a_file_of_other_columns_is_named() -> None:
    with pytest.raises(ValueError, match="columns count, strength"):
        NEEDS.rows_of(["id,kinds,condition,capability,source,certainty,zh,en", "x"])
