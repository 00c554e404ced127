"""Measures by name. Rooms register theirs in measures.py, which the kernel finds."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from fenghuo.kernel.access.models import Unit

from .asking import Ask, Lack, Moment, Piece, Progress

type Word = str | Promise
# For all asks at once, in their order; None: the measure cannot say how it stood at that moment. A unit that is not
# in the answer has nothing: value 0, and for a share nothing is asked of it.
type Answers = Sequence[Mapping[int, Progress] | None]
type Count = Callable[[Sequence[Ask], Sequence[Unit], Moment], Answers]
type Pieces = Callable[[Ask, Unit, Moment], list[Piece]]
type Lacks = Callable[[Ask, Unit, Moment], list[Lack]]


@dataclass(frozen=True, slots=True)
class Option:
    """What a target may say to a measure. `choices`: word → how people call it; empty: a whole number.

    `several`: words with blanks between them; without any, all of them are meant.
    """

    name: str
    label: Word
    choices: Callable[[], Mapping[str, Word]] | None = None
    several: bool = False
    needed: bool = False
    default: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """`count` answers for many units and many asks in a number of queries that does not grow with either; measures
    that share one `count` are asked together. `pieces` and `lacks` tell one unit's figure apart, record by record.

    `share`: what must be there follows from the records, and a target asks a part of it in percent.
    """

    slug: str
    name: Word
    count: Count
    pieces: Pieces
    lacks: Lacks
    share: bool = False
    options: tuple[Option, ...] = field(default=())


_measures: dict[str, Measure] = {}


def add(*added: Measure) -> None:
    for measure in added:
        if measure.slug in _measures:
            raise ValueError(f"the measure {measure.slug} is registered twice")
        _measures[measure.slug] = measure


def remove(slug: str) -> None:
    """For tests that register measures of their own."""
    _measures.pop(slug, None)


def measures() -> Mapping[str, Measure]:
    return _measures


def measure_of(slug: str) -> Measure | None:
    """None: no room that is installed here measures this (yet, or any more)."""
    return _measures.get(slug)


def progress_of(asks: Iterable[Ask], units: Sequence[Unit], moment: Moment) -> Answers:
    """In the order of the asks, whose measures must be there; `units` with their region. Each count is asked once."""
    asked = list(asks)
    found: list[Mapping[int, Progress] | None] = [None] * len(asked)
    by_count: dict[Count, list[int]] = {}
    for place, ask in enumerate(asked):
        by_count.setdefault(_measures[ask.slug].count, []).append(place)
    for count, places in by_count.items():
        answers = count([asked[place] for place in places], units, moment)
        for place, answer in zip(places, answers, strict=True):
            found[place] = answer
    return found
