"""Numbers that are missing, or that stand twice."""

from collections.abc import Iterable, Iterator

from .answers import Doubt, Why

MOST = 10  # missing numbers that are named one by one


def missing_chapters(numbers: Iterable[int]) -> Iterator[Doubt]:
    return _gaps("", numbers, 0, Why.CHAPTER_MISSING)


def missing_clauses(chapters: Iterable[tuple[int, list[int]]]) -> Iterator[Doubt]:
    """Clauses may begin anew in each chapter, or be counted through all of them."""
    last = 0
    for chapter, numbers in chapters:
        through = bool(numbers) and last > 0 and numbers[0] > 1
        yield from _gaps(f"{chapter}." if chapter else "", numbers, last if through else 0, Why.CLAUSE_MISSING)
        last = max(numbers, default=last)


def _gaps(prefix: str, numbers: Iterable[int], last: int, code: Why) -> Iterator[Doubt]:
    for number in numbers:
        if number <= last:
            yield Doubt(Why.NUMBER_TWICE, f"{prefix}{number}")
        for lacking in range(last + 1, min(number, last + 1 + MOST)):
            yield Doubt(code, f"{prefix}{lacking}")
        last = max(last, number)
