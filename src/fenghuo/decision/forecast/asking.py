"""What a forecast is asked: so many, from this day to that, and how it stood when."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from fenghuo.decision.questions import BadQuestion, Fault

MOST = 10**12

type Number = int | float | Decimal


@dataclass(frozen=True, slots=True)
class Promise:
    """At least `quota` from `start` to `due`, both days included; `today` is where we stand, at its end.

    `values`: (day, how many there are altogether at its end), in any order; of one day the last one given counts.
    They may fall: evidence that is withdrawn counts no longer.
    """

    quota: Number
    start: date
    due: date
    today: date
    values: tuple[tuple[date, Number], ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """The same, exactly: `days` ascending and not after today; `later`: how many values were left out for that."""

    quota: Fraction
    days: tuple[tuple[date, Fraction], ...]
    later: int


def exact(promise: Promise) -> Course:
    """Raises: BadQuestion naming every field that cannot be used."""
    faults = list(_faults(promise))
    if faults:
        raise BadQuestion(*faults)
    by_day = {day: _fraction(value) for day, value in promise.values if day <= promise.today}
    later = sum(day > promise.today for day, _value in promise.values)
    return Course(_fraction(promise.quota), tuple(sorted(by_day.items())), later)


def _fraction(number: Number) -> Fraction:
    """0.1 as a tenth, not as the binary number next to it."""
    return Fraction(str(number))


def _faults(promise: Promise) -> Iterator[Fault]:
    yield from _number_faults("quota", [promise.quota])
    yield from _number_faults("values", [value for _day, value in promise.values])
    if promise.due < promise.start:
        yield Fault(
            "due",
            promise.due.isoformat(),
            "期限早于起始日，请改正其中一个",
            "it lies before the start: correct one of them",
        )


def _number_faults(field: str, numbers: Iterable[Number]) -> Iterator[Fault]:
    for place, number in enumerate(numbers):
        if not math.isfinite(number) or not 0 <= number <= MOST:
            where = field if field == "quota" else f"{field}[{place}][1]"
            yield Fault(where, str(number), f"应是 0 到 {MOST:,} 的数", f"it must be a number from 0 to {MOST:,}")
