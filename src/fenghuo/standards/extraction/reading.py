"""Time, kind, figures and telephones out of pasted text. Everything found is a guess until a person confirms it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from .figures import Figures, find_figures
from .found import Found
from .kinds import find_kind
from .phones import find_phones
from .splitting import parts_of
from .times import find_time
from .writing import Plain, plain

MOST_CHARACTERS = 10_000


@dataclass(frozen=True, slots=True)
class Told:
    """What one incident's words say; positions are those of the whole text. What it does not say is None or absent."""

    start: int
    end: int
    time: Found[datetime | date] | None
    kind: Found[str] | None
    figures: Figures
    phones: list[Found[str]]


def read_text(text: str, now: datetime) -> list[Told]:
    """One Told for each incident, at least one. `now` (aware) is when the text was received."""
    whole = plain(text[:MOST_CHARACTERS])
    return [_read(whole, start, end, now) for start, end in parts_of(whole.text)]


def _read(whole: Plain, start: int, end: int, now: datetime) -> Told:
    words = whole.text[start:end]
    time, kind = find_time(words, now), find_kind(words)
    return Told(
        *whole.span(start, end),
        _written(time, whole, start) if time else None,
        _written(kind, whole, start) if kind else None,
        {name: _written(found, whole, start) for name, found in find_figures(words).items()},
        [_written(found, whole, start) for found in find_phones(words)],
    )


def _written[T](found: Found[T], whole: Plain, by: int) -> Found[T]:
    """The same find, with the words and the place that it has in the text as it was written."""
    start, end = whole.span(found.start + by, found.end + by)
    return replace(found, words=whole.written[start:end], start=start, end=end)
