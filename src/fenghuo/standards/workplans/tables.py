"""Rows of a table that was pasted with tabs: 序号 | 工作任务 | 牵头单位 | 配合单位 | 完成时限."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .answers import UnitWords
from .rules import one_of
from .units import is_unit, listed

COLUMNS = {
    role: re.compile(one_of(f"role_{role}"))
    for role in ("task", "lead", "responsible", "supporting", "due", "goal", "number", "aside")
}
type Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """`start` to `end`: from the task to the end of the row. `read`: the cells that say days and numbers."""

    number: str
    start: int
    end: int
    task: Cell
    read: tuple[Cell, ...]
    lead: tuple[UnitWords, ...]
    supporting: tuple[UnitWords, ...]


def rows_of(text: str, stretches: list[Cell]) -> Iterator[Row]:
    """A row that names the columns holds until the next; without one the cells are told by what they say."""
    columns: dict[int, str] = {}
    above: tuple[UnitWords, ...] = ()
    for start, end in stretches:
        cells = list(_cells(text, start, end))
        if named := _head(text, cells):
            columns = named
            continue
        row = _row(text, cells, columns or _guessed(text, cells), above)
        if row:
            above = row.lead
            yield row


def _cells(text: str, start: int, end: int) -> Iterator[Cell]:
    for place in re.finditer(r"[^\t]*(?:\t|$)", text[start:end]):
        if place.start() == place.end() == end - start:
            return
        yield start + place.start(), start + place.end() - place[0].endswith("\t")


def _head(text: str, cells: list[Cell]) -> dict[int, str]:
    """Which column is what; empty where this is no head: at least two columns, tasks among them."""
    named = {
        place: role
        for place, (start, end) in enumerate(cells)
        for role, pattern in COLUMNS.items()
        if pattern.fullmatch(text, start, end)
    }
    return named if len(named) >= 2 and "task" in named.values() else {}


def _guessed(text: str, cells: list[Cell]) -> dict[int, str]:
    """The longest cell is the task; a bare number is its number; what are names of units leads."""
    longest = max(range(len(cells)), key=lambda place: cells[place][1] - cells[place][0], default=0)
    guessed = {longest: "task"}
    for place, (start, end) in enumerate(cells):
        words = text[start:end]
        if words.isdigit():
            guessed.setdefault(place, "number")
        elif words and all(map(is_unit, re.split("[、,;]", words))):
            guessed.setdefault(place, "supporting" if "lead" in guessed.values() else "lead")
        else:
            guessed.setdefault(place, "goal")
    return guessed


def _row(text: str, cells: list[Cell], columns: dict[int, str], above: tuple[UnitWords, ...]) -> Row | None:
    by_role: dict[str, list[Cell]] = {}
    for place, cell in enumerate(cells):
        if cell[0] < cell[1]:
            by_role.setdefault(columns.get(place, "other"), []).append(cell)
    if not by_role.get("task"):
        return None
    task = by_role["task"][0]
    units = {
        role: [unit for cell in by_role.get(role, []) for unit in listed(text, *cell)]
        for role in ("lead", "responsible", "supporting")
    }
    lead = units["lead"] or units["responsible"]
    # Cells that were merged down come as empty ones.
    leads = tuple(lead) or tuple(replace(unit, inherited=True, certain=False) for unit in above)
    behind = [*(units["responsible"] if units["lead"] else []), *units["supporting"]]
    number = "".join(text[start:end] for start, end in by_role.get("number", [])[:1])
    read = tuple(sorted(cell for role in ("task", "due", "goal") for cell in by_role.get(role, [])))
    return Row(number, task[0], cells[-1][1], task, read, leads, tuple(behind))
