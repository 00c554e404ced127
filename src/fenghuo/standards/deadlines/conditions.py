"""When a rule holds: parts joined with | (any of them), each of terms joined with & (all of them).

A term: `level<=3`, `sensitive`, `near_miss`, `ungraded`, a mark (`class_a`, `!class_a`), figures (`dead>=10`).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ..measures import MEASURES, PEOPLE
from ..thresholds import Comparison, read_condition
from .flaws import Wrong
from .words import MARKS

_LEVEL = re.compile(r"level(<=|>=)([1-4])")


@dataclass(frozen=True, slots=True)
class Facts:
    """What conditions look at. `level` is the confirmed level, else the proposed one, else None.

    `marks`: what else is true of the record, in the words of `words.MARKS`.
    """

    kind: str = ""
    level: int | None = None
    sensitive: bool = False
    near_miss: bool = False
    figures: Mapping[str, Decimal] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()


type Condition = Callable[[Facts], bool]


def read_when(said: str) -> tuple[Condition, ...]:
    """The parts, any of which suffices; none for always. Raises: Wrong."""
    return tuple(_part(part.strip()) for part in said.split("|") if part.strip())


def _part(said: str) -> Condition:
    words = [word.strip() for word in said.split("&")]
    _check_possible(said, words)
    terms = [_term(word) for word in words]
    return lambda facts: all(term(facts) for term in terms)


def _term(said: str) -> Condition:
    match said:
        case "sensitive":
            return lambda facts: facts.sensitive
        case "near_miss":
            return lambda facts: facts.near_miss
        case "ungraded":
            return lambda facts: facts.level is None
    if (mark := said.removeprefix("!")) in MARKS:
        wanted = mark == said
        return lambda facts: (mark in facts.marks) is wanted
    if match_ := _LEVEL.fullmatch(said):
        bound = int(match_[2])
        if match_[1] == "<=":
            return lambda facts: facts.level is not None and facts.level <= bound
        return lambda facts: facts.level is not None and facts.level >= bound
    (comparison,) = _comparisons(said)
    return lambda facts: _holds(comparison, facts.figures)


def _comparisons(said: str) -> tuple[Comparison, ...]:
    try:
        return read_condition(said)
    except ValueError:
        known = ("level<=3", "level>=3", "sensitive", "near_miss", "ungraded", *MARKS, *PEOPLE, *MEASURES)
        raise Wrong("bad_condition", said, " ".join(known)) from None


def _holds(one: Comparison, figures: Mapping[str, Decimal]) -> bool:
    values = [figures[name] for name in one.names if name in figures]
    return bool(values) and one.holds(sum(values, Decimal(0)))


def _check_possible(said: str, words: Iterable[str]) -> None:
    """Raises: Wrong when two terms of one part cannot both hold (level>=3 & level<=2, dead>=10 & dead<3)."""
    least: dict[str, tuple[Decimal, bool]] = {}  # the greatest lower bound, and whether it is itself meant
    most: dict[str, tuple[Decimal, bool]] = {}
    marks = set(words)
    for word in marks:
        if f"!{word}" in marks or (word == "ungraded" and any(_LEVEL.fullmatch(other) for other in marks)):
            raise Wrong("impossible", said)
        bound = re.fullmatch(r"([a-z_+]+)(>=|<=|>|<)(\d+(?:\.\d+)?)", word.replace(" ", ""))
        if bound is None:
            continue
        value = (Decimal(bound[3]), "=" in bound[2])
        if bound[2][0] == ">":
            least[bound[1]] = max(least.get(bound[1], value), value, key=lambda one: (one[0], not one[1]))
        else:
            most[bound[1]] = min(most.get(bound[1], value), value, key=lambda one: (one[0], one[1]))
    for name, (low, with_low) in least.items():
        high, with_high = most.get(name, (low + 1, True))
        if low > high or (low == high and not (with_low and with_high)):
            raise Wrong("impossible", said)
