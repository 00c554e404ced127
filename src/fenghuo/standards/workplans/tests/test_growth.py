"""Reading grows with the length of the text, not with its square: counted in steps of the interpreter, not in time."""

import sys
from collections.abc import Callable

import pytest

from fenghuo.standards.workplans import read_plan

from .expected import PLANS

SEED = (PLANS / "county-2012.md").read_text(encoding="utf-8")
TOOL = 4  # neither debugger, coverage, profiler nor optimizer
LONG: dict[str, Callable[[int], str]] = {
    "plans": lambda size: SEED * size,
    "one sentence": lambda size: "一、加强，" + "县局要开展，" * (200 * size),
    "recurrences": lambda size: "一、加强" + "每月1次" * (200 * size),
    "rows": lambda size: "一、任务\n" + "1\t加强演练\t县水利局\t5月底前\n" * (100 * size),
    "annotations": lambda size: "一、加强。" + "（责任单位：县局）" * (200 * size),
    "clauses": lambda size: "\n".join(f"{number % 99 + 1}、加强建设。" for number in range(200 * size)),
    "brackets": lambda size: "一、加强" + "（" * (1000 * size),
    "units": lambda size: "一、加强" + "县局、" * (500 * size),
    "quotation marks": lambda size: "一、加强" + "“县" * (500 * size),
}


def steps(text: str) -> int:
    """Calls and turns of loops, comprehensions too. Patterns are bounded by their own numbers."""
    watching, count = sys.monitoring, 0

    def step(*_event: object) -> None:
        nonlocal count
        count += 1

    events = (watching.events.JUMP, watching.events.BRANCH, watching.events.CALL)
    watching.use_tool_id(TOOL, "growth")
    try:
        for event in events:
            watching.register_callback(TOOL, event, step)
        watching.set_events(TOOL, sum(events))
        read_plan(text)
    finally:
        watching.set_events(TOOL, 0)
        watching.free_tool_id(TOOL)
    return count


@pytest.mark.parametrize("name", LONG)
def test_twice_the_text_takes_at_most_little_more_than_twice_the_steps(name: str) -> None:
    make = LONG[name]
    assert steps(make(8)) < 2.2 * steps(make(4)) + 1000


def test_fifty_pages_are_read_whole() -> None:
    text = SEED * 20
    assert len(text) >= 60_000
    assert len(read_plan(text).clauses) == 18 * 20
