"""What a forecast says."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    REACHED = "reached"
    ON_PACE = "on_pace"
    WILL_MISS = "will_miss"
    MISSED = "missed"
    """The day is over and the number was not reached. No forecast but a fact."""
    NOT_STARTED = "not_started"
    """Nothing was achieved yet since the start."""
    TOO_FEW = "too_few"
    """Too few data to say; what the plain arithmetic gives stands beside it, unless the pace says nothing at all."""


class Caution(StrEnum):
    """What should be known beside the verdict, each with a sentence in `words`."""

    NOTHING_ASKED = "nothing_asked"
    """The quota is 0."""
    NOT_BEGUN = "not_begun"
    """Today lies before the start."""
    FEW_STEPS = "few_steps"
    """So small a quota is reached in one or two strokes: the pace says nothing, only the days left do."""
    FEW_RISES = "few_rises"
    """It rose on fewer than three days."""
    WITHDRAWN = "withdrawn"
    """It fell at times; the pace is net of that."""
    STALLED = "stalled"
    """It has not risen for long (`last_rise`), so the average flatters."""
    NARROW = "narrow"
    """What is expected lies within a tenth of the quota."""
    SEASONS = "seasons"
    """Seasons and campaigns are not reckoned with. Said wherever a pace is used."""
    LATER_VALUES = "later_values"
    """Values of days after today were left out."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`gained` in `elapsed` days (start and today included), which is `a_day`; it rose on `rises` days."""

    gained: float
    elapsed: int
    a_day: float
    rises: int
    last_rise: date | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """`expected`: how many there will be at the end of the due day; None where the pace says nothing.

    `shortfall`: what will then be lacking, 0 or more; None like `expected`. `reached_on`: the day on which the quota
    was, or is expected to be, reached; None where it is not. `needed_a_day`: what must be added each day from tomorrow
    on to be in time; None where no day is left, or nothing lacks. `days_left`: below 0 once the due day is over.
    `late_days`: how many days after the due day it was reached. `pace`: None before the start.
    """

    verdict: Verdict
    value: float
    quota: float
    start: date
    due: date
    today: date
    days_left: int
    expected: float | None
    shortfall: float | None
    reached_on: date | None
    needed_a_day: float | None
    late_days: int
    pace: Pace | None
    cautions: tuple[Caution, ...]
