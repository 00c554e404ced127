"""The question of coverage, and what is refused of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite, isnan

import numpy as np
from numpy.typing import NDArray

from fenghuo.decision.questions import BadQuestion, Fault

MOST_PEOPLE = 10_000_000_000

type Matrix = Sequence[Sequence[float | None]] | NDArray[np.float64]
type Costs = NDArray[np.float64]


class Measure(StrEnum):
    MINUTES = "minutes"
    METRES = "metres"


@dataclass(frozen=True, slots=True)
class Demand:
    """A place that should be reached. `people`: None when nobody knows, 0 when nobody lives there.

    `placed` False: its position is unknown, so that nothing can be said of the way; its row of a matrix is not read.
    """

    id: str
    name: str
    people: int | None = None
    placed: bool = True


@dataclass(frozen=True, slots=True)
class Site:
    """What covers: a team, a shelter, a depot. `placed` False: its column is not read."""

    id: str
    name: str
    placed: bool = True


@dataclass(frozen=True, slots=True)
class Threshold:
    """Within so many minutes or metres; what takes exactly so long is within."""

    measure: Measure
    most: float

    @property
    def limit(self) -> float:
        """In the unit of the matrix: seconds or metres."""
        return self.most * 60.0 if self.measure is Measure.MINUTES else self.most


def check_ids(field: str, ids: Iterable[str]) -> None:
    """Raises: BadQuestion (none at all, an id twice)."""
    seen = set[str]()
    for place, one in enumerate(ids):
        if one in seen:
            raise BadQuestion(
                Fault(f"{field}[{place}].id", one, "编号重复，每个只能出现一次", "is there twice: give each its own id")
            )
        seen.add(one)
    if not seen:
        raise BadQuestion(Fault(field, [], "是空的，至少要有一个", "is empty: give at least one"))


def check_people(demands: Sequence[Demand]) -> None:
    """Raises: BadQuestion."""
    for place, one in enumerate(demands):
        people = one.people
        whole = people is None or (isinstance(people, int) and not isinstance(people, bool))
        if not whole or (people is not None and not 0 <= people <= MOST_PEOPLE):
            zh = "人口须为不小于 0 的整数；不知道就留空(null)，不要写 0"
            en = "must be a whole number from 0 up; leave it out (null) when nobody knows, do not write 0"
            raise BadQuestion(Fault(f"demands[{place}].people", people, zh, en))


def check_thresholds(thresholds: Sequence[Threshold], measures: set[Measure]) -> None:
    """Raises: BadQuestion (none, not above 0, not ascending, of a measure without a matrix)."""
    if not thresholds:
        raise BadQuestion(Fault("thresholds", [], "是空的，至少要有一个", "is empty: give at least one"))
    before: dict[Measure, float] = {}
    for place, one in enumerate(thresholds):
        field = f"thresholds[{place}]"
        if not (isfinite(one.most) and one.most > 0):
            raise BadQuestion(Fault(field, one.most, "须是大于 0 的数", "must be a number above 0"))
        if one.measure not in measures:
            name = "seconds" if one.measure is Measure.MINUTES else "metres"
            zh, en = f"没有给出 {name} 矩阵，无法判断", f"cannot be judged: give the matrix “{name}”"
            raise BadQuestion(Fault(field, one.most, zh, en))
        if one.most <= before.get(one.measure, 0.0):
            raise BadQuestion(Fault(field, one.most, "须由小到大，不重复", "must be ascending, none twice"))
        before[one.measure] = one.most


def read_matrix(name: str, given: Matrix, rows: int, columns: int) -> Costs:
    """(rows, columns); infinite where nothing leads there: None in lists, infinity in arrays. Raises: BadQuestion."""
    if len(given) != rows:
        zh, en = f"有 {len(given)} 行，须与 demands 一样是 {rows} 行", f"must have {rows} rows, one for each demand"
        raise BadQuestion(Fault(name, len(given), zh, en))
    for place, row in enumerate(given):
        if len(row) != columns:
            zh = f"有 {len(row)} 个数，须与 sites 一样是 {columns} 个"
            en = f"must have {columns} numbers, one for each site"
            raise BadQuestion(Fault(f"{name}[{place}]", len(row), zh, en))
    try:
        costs = np.array(given, np.float64).reshape(rows, columns)
    except (TypeError, ValueError) as error:
        raise BadQuestion(Fault(name, str(error), "须全是数或 null", "must hold numbers or null only")) from error
    refused = np.isnan(costs) | (costs < 0)
    if not isinstance(given, np.ndarray):
        refused |= np.isinf(costs)
    for row_at, column in np.argwhere(refused).tolist():
        value = given[row_at][column]
        if value is not None:
            raise BadQuestion(_bad_cell(f"{name}[{row_at}][{column}]", float(value)))
    return np.where(np.isnan(costs), np.inf, costs)


def _bad_cell(field: str, value: float) -> Fault:
    if isnan(value) or value > 0:
        zh, en = "不是有限的数；到不了就写 null", "is no finite number: write null where it cannot be reached"
        return Fault(field, str(value), zh, en)
    return Fault(
        field, value, "不能小于 0；到不了就写 null", "must not be below 0: write null where it cannot be reached"
    )
