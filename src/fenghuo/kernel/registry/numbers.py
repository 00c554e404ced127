"""Numbers for people to say aloud: letter, day, running number (R20260512-0003); in registers no day (T-0001)
or only the year (P-2026-0001).
"""

from collections.abc import Callable
from datetime import date

from fenghuo.kernel.access.pipeline import ask


def take_numbers(kind: str, letter: str, day: date, count: int) -> list[str]:
    """`count` new numbers of this kind and day."""
    return ask_numbers(kind, letter, day, count)()


def take_register_number(kind: str, letter: str) -> str:
    """A new running number of this kind for good: T-0001."""
    return take_register_numbers(kind, letter, 1)[0]


def take_register_numbers(kind: str, letter: str, count: int) -> list[str]:
    """`count` of them, rising."""
    last = _ask_last(kind, date.min, count)()
    return [f"{letter}-{number:04d}" for number in range(last - count + 1, last + 1)]


def take_count(kind: str, day: date) -> int:
    """The next of this kind and day, bare: for numbers whose form is the county's."""
    return _ask_last(kind, day, 1)()


def ask_numbers(kind: str, letter: str, day: date, count: int) -> Callable[[], list[str]]:
    """As take_numbers, read when called; see `ask`. One statement, so two processes never get the same."""
    found = _ask_last(kind, day, count)

    def numbers() -> list[str]:
        last, start = found(), f"{letter}{day:%Y%m%d}"
        return [f"{start}-{number:04d}" for number in range(last - count + 1, last + 1)]

    return numbers


def _ask_last(kind: str, day: date, count: int) -> Callable[[], int]:
    found = ask(
        "INSERT INTO registry_counter (kind, day, last) VALUES (%s, %s, %s) "
        "ON CONFLICT (kind, day) DO UPDATE SET last = registry_counter.last + excluded.last RETURNING last",
        [kind, day, count],
    )
    return lambda: int(found()[0][0])


def take_year_number(kind: str, letter: str, year: int) -> str:
    """A new running number of this kind in this year: P-2026-0001."""
    return f"{letter}-{year}-{_ask_last(kind, date(year, 1, 1), 1)():04d}"
