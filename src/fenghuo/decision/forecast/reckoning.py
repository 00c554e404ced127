"""The reckoning itself: the average a day since the start, carried on in a straight line. Exact in fractions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from .answers import Caution, Forecast, Pace, Verdict
from .asking import Course, Promise, exact

FEWEST_RISES = 3  # days on which it rose; with fewer there is no verdict
FEWEST_STEPS = 3  # a quota below this comes in one or two strokes
LONG_STILL = 30  # days without a rise, and at least a third of those that have passed
NARROW = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the values say up to today. `before`: how it stood when the period began."""

    before: Fraction
    now: Fraction
    rises: tuple[date, ...]
    falls: int
    elapsed: int

    @property
    def a_day(self) -> Fraction:
        """Net of what was withdrawn, but never below 0: a correction is no trend."""
        return max(self.now - self.before, Fraction(0)) / self.elapsed if self.elapsed > 0 else Fraction(0)


def forecast(promise: Promise) -> Forecast:
    """Raises: BadQuestion (not a number, below 0, due before the start)."""
    course = exact(promise)
    seen = _seen(course, promise)
    left = (promise.due - promise.today).days
    lacking = max(course.quota - seen.now, Fraction(0))
    verdict = _verdict(course, seen, lacking, left)
    expected = _expected(course, seen, lacking, left)
    reached = _reached_on(course, promise, seen, lacking, expected)
    late = (reached - promise.due).days if reached and verdict is Verdict.REACHED else 0
    return Forecast(
        verdict=verdict,
        value=float(seen.now),
        quota=float(course.quota),
        start=promise.start,
        due=promise.due,
        today=promise.today,
        days_left=left,
        expected=None if expected is None else float(expected),
        shortfall=None if expected is None else float(max(course.quota - expected, Fraction(0))),
        reached_on=reached,
        needed_a_day=float(lacking / left) if lacking and left > 0 else None,
        late_days=max(late, 0),
        pace=_pace(seen),
        cautions=tuple(_cautions(course, promise, seen, verdict, expected)),
    )


def _seen(course: Course, promise: Promise) -> _Seen:
    before = now = Fraction(0)
    rises: list[date] = []
    falls = 0
    for day, value in course.days:
        if day < promise.start:
            before = value
        elif value > now:
            rises.append(day)
        elif value < now:
            falls += 1
        now = value
    elapsed = (promise.today - promise.start).days + 1
    return _Seen(before, now, tuple(rises), falls, elapsed)


def _verdict(course: Course, seen: _Seen, lacking: Fraction, left: int) -> Verdict:
    if not lacking:
        return Verdict.REACHED
    if left < 0:
        return Verdict.MISSED
    if seen.elapsed > 0 and seen.now <= seen.before and not seen.rises:
        return Verdict.NOT_STARTED
    if seen.elapsed <= 0 or course.quota < FEWEST_STEPS or len(seen.rises) < FEWEST_RISES:
        return Verdict.TOO_FEW
    return Verdict.ON_PACE if seen.a_day * left >= lacking else Verdict.WILL_MISS


def _expected(course: Course, seen: _Seen, lacking: Fraction, left: int) -> Fraction | None:
    """The straight line at the due day; what there is, once that is over or all is done."""
    if not lacking or left <= 0:
        return seen.now
    if seen.elapsed <= 0 or course.quota < FEWEST_STEPS:
        return None
    return seen.now + seen.a_day * left


def _reached_on(
    course: Course, promise: Promise, seen: _Seen, lacking: Fraction, expected: Fraction | None
) -> date | None:
    """The first day of the stretch up to today on which it was reached; else the day the straight line gets there."""
    if not lacking:
        since = None
        for day, value in course.days:
            if value < course.quota:
                since = None
            elif since is None:
                since = day
        return since
    if expected is None or not seen.a_day or promise.today > promise.due:
        return None
    days = ceil(lacking / seen.a_day)
    return promise.today + timedelta(days=days) if days <= (date.max - promise.today).days else None


def _pace(seen: _Seen) -> Pace | None:
    if seen.elapsed <= 0:
        return None
    last = seen.rises[-1] if seen.rises else None
    return Pace(float(seen.now - seen.before), seen.elapsed, float(seen.a_day), len(seen.rises), last)


def _cautions(
    course: Course, promise: Promise, seen: _Seen, verdict: Verdict, expected: Fraction | None
) -> Iterator[Caution]:
    if not course.quota:
        yield Caution.NOTHING_ASKED
    if seen.elapsed <= 0 and verdict is Verdict.TOO_FEW:
        yield Caution.NOT_BEGUN
    if verdict is Verdict.TOO_FEW and seen.elapsed > 0:
        yield Caution.FEW_STEPS if course.quota < FEWEST_STEPS else Caution.FEW_RISES
    if seen.falls:
        yield Caution.WITHDRAWN
    if verdict in (Verdict.ON_PACE, Verdict.WILL_MISS, Verdict.TOO_FEW) and expected is not None:
        yield from _about_the_line(course, promise, seen, verdict, expected)
    if course.later:
        yield Caution.LATER_VALUES


def _about_the_line(
    course: Course, promise: Promise, seen: _Seen, verdict: Verdict, expected: Fraction
) -> Iterator[Caution]:
    still = (promise.today - seen.rises[-1]).days if seen.rises else 0
    if still >= LONG_STILL and 3 * still >= seen.elapsed:
        yield Caution.STALLED
    if verdict is not Verdict.TOO_FEW and abs(expected - course.quota) <= NARROW * course.quota:
        yield Caution.NARROW
    yield Caution.SEASONS
