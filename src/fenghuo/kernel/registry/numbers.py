"""Numbers for people to say aloud: letter, day, running number (R20260512-0003)."""

from collections.abc import Callable
from datetime import date

from fenghuo.kernel.access.pipeline import ask


def take_numbers(kind: str, letter: str, day: date, count: int) -> list[str]:
    """`count` new numbers of this kind and day."""
    return ask_numbers(kind, letter, day, count)()


def ask_numbers(kind: str, letter: str, day: date, count: int) -> Callable[[], list[str]]:
    """As take_numbers, read when called; see `ask`. One statement, so two processes never get the same."""
    found = ask(
        "INSERT INTO registry_counter (kind, day, last) VALUES (%s, %s, %s) "
        "ON CONFLICT (kind, day) DO UPDATE SET last = registry_counter.last + excluded.last RETURNING last",
        [kind, day, count],
    )

    def numbers() -> list[str]:
        last = int(found()[0][0])
        start = f"{letter}{day:%Y%m%d}"
        return [f"{start}-{number:04d}" for number in range(last - count + 1, last + 1)]

    return numbers
