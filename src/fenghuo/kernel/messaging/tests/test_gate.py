"""The gate's truth table, written out by hand from the rule: all thirty-two combinations."""

from itertools import product

import pytest

from fenghuo.kernel.messaging.gate import marked, may_leave

NAMES = ("outside", "exercise", "demo", "approved", "restricted")
# Outside the house only one combination leaves; one waits for approval; the others never leave, for the first reason.
OUTSIDE = {
    (False, False, True, False): "",
    (False, False, False, False): "not_approved",
    (False, False, True, True): "restricted",
    (False, False, False, True): "restricted",
    (False, True, True, False): "demo",
    (False, True, False, False): "demo",
    (False, True, True, True): "demo",
    (False, True, False, True): "demo",
    (True, False, True, False): "exercise",
    (True, False, False, False): "exercise",
    (True, False, True, True): "exercise",
    (True, False, False, True): "exercise",
    (True, True, True, False): "exercise",
    (True, True, False, False): "exercise",
    (True, True, True, True): "exercise",
    (True, True, False, True): "exercise",
}


@pytest.mark.parametrize("given", list(product([False, True], repeat=5)))
def test_the_truth_table(given: tuple[bool, ...]) -> None:
    verdict = may_leave(**dict(zip(NAMES, given, strict=True)))
    why = OUTSIDE[given[1:]] if given[0] else ""  # type: ignore[index]
    assert (verdict.leaves, verdict.why) == (why == "", why)
    assert verdict.waits == (why == "not_approved")


def test_an_exercise_is_marked_once() -> None:
    assert marked("集结", exercise=True) == "【演练】集结"
    assert marked("【演练】集结", exercise=True) == "【演练】集结"
    assert marked("集结", exercise=False) == "集结"
