"""Deadlines that laws and the county's own rules set, row by row: who must tell whom, until when, counted from when."""

import csv
from functools import cache
from importlib.resources import files
from pathlib import Path

from ..calendar import shipped as shipped_calendar
from .conditions import Condition, Facts
from .flaws import BadRules, Flaw
from .rows import (
    AT_ONCE,
    COLUMNS,
    LATER_COLUMNS,
    PRODUCTION,
    Deadline,
    overlapping,
    read_deadlines,
    read_row,
    read_what_can,
)
from .ruleset import Ruleset
from .spans import Ends, Schedule, Span, read_schedule, read_span

__all__ = [
    "AT_ONCE",
    "COLUMNS",
    "LATER_COLUMNS",
    "PRODUCTION",
    "BadRules",
    "Condition",
    "Deadline",
    "Ends",
    "Facts",
    "Flaw",
    "Ruleset",
    "Schedule",
    "Span",
    "deadlines",
    "overlapping",
    "read_deadlines",
    "read_file",
    "read_row",
    "read_schedule",
    "read_span",
    "read_what_can",
    "shipped",
]


def deadlines(own: Path | None = None) -> Ruleset:
    """All rules. `own`: the county's file of the same columns, whose rows go before those of the same id.

    Raises: BadRules for a file with a row that cannot be in force.
    """
    rows, flaws = read_file(own) if own is not None and own.is_file() else ([], [])
    if flaws:
        raise BadRules(*flaws)
    return Ruleset((*shipped(), *rows), shipped_calendar())


def read_file(own: Path) -> tuple[list[Deadline], list[Flaw]]:
    """The rows of a county's file that can be in force, and what is wrong with the others."""
    try:
        with own.open(encoding="utf-8-sig", newline="") as file:
            return read_what_can(file, own=True)
    except UnicodeDecodeError:
        return [], [Flaw(0, "", "–", own.name, "not_utf8", "UTF-8")]


@cache
def shipped() -> tuple[Deadline, ...]:
    with files(__package__).joinpath("deadlines.csv").open(encoding="utf-8") as file:
        return tuple(read_deadlines(file))


@cache
def shipped_texts() -> dict[str, dict[str, str]]:
    """The newest shipped row of each rule as it is written, to begin an own one from."""
    with files(__package__).joinpath("deadlines.csv").open(encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["in_force_from"] or "")
    return {row["id"]: {name: row.get(name) or "" for name in (*COLUMNS, *LATER_COLUMNS)} for row in rows}
