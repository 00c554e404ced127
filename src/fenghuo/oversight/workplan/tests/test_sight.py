"""Every unit sees the plan and its own row; more only as far as it sees units, or leads a target."""

from collections.abc import Callable

import pytest

from fenghuo.kernel.measures.asking import Moment
from fenghuo.oversight.workplan.models import Target, WorkPlan
from fenghuo.oversight.workplan.selectors import matrix
from tests.county import County

from .conftest import in_force

KINDS = ["township", "department", "committee"]


@pytest.mark.parametrize(
    ("unit", "sees"),
    [
        ("emo", {"a", "b", "village", "psb", "education", "transport"}),
        ("government", {"a", "b", "village", "psb", "education", "transport"}),
        ("a", {"a", "village"}),
        ("b", {"b"}),
        ("village", {"village"}),
        ("psb", {"psb"}),
        ("110", set()),
        ("neighbour", set()),
    ],
)
def test_cells_follow_the_sight_of_units(
    county: County, plan: WorkPlan, target: Callable[..., Target], unit: str, sees: set[str]
) -> None:
    target(kinds=KINDS)
    (row,) = matrix(county.actor(unit, "head"), in_force(plan), Moment.now()).rows
    assert set(row.cells) == {county.units[name].pk for name in sees}
    assert row.everyone == 6


def test_who_leads_sees_the_row(county: County, plan: WorkPlan, target: Callable[..., Target]) -> None:
    target(kinds=KINDS, lead=[county.units["education"]])
    target(kinds=KINDS)
    led, other = matrix(county.actor("education", "head"), in_force(plan), Moment.now()).rows
    assert len(led.cells) == 6
    assert set(other.cells) == {county.units["education"].pk}


def test_in_sum_it_is_owed_by_who_leads(county: County, plan: WorkPlan, target: Callable[..., Target]) -> None:
    target(together=True, quota=3, lead=[county.units["psb"]])
    (row,) = matrix(county.actor("psb", "head"), in_force(plan), Moment.now()).rows
    assert set(row.cells) == {county.units["psb"].pk}
    assert row.cells[county.units["psb"].pk].reading.quota == 3
