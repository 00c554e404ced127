"""Time, kind, figures and telephones out of pasted text. Everything found is a guess until a person confirms it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from .figures import Figures, find_figures
from .found import Found
from .kinds import find_kind
from .phones import find_phones
from .splitting import parts_of
from .times import find_time

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
    text = text[:MOST_CHARACTERS]
    return [_read(text, start, end, now) for start, end in parts_of(text)]


def _read(text: str, start: int, end: int, now: datetime) -> Told:
    words = text[start:end]
    return Told(
        start,
        end,
        _moved(find_time(words, now), start),
        _moved(find_kind(words), start),
        {name: _shift(found, start) for name, found in find_figures(words).items()},
        [_shift(found, start) for found in find_phones(words)],
    )


def _shift[T](found: Found[T], by: int) -> Found[T]:
    return replace(found, start=found.start + by, end=found.end + by)


def _moved[T](found: Found[T] | None, by: int) -> Found[T] | None:
    return None if found is None else _shift(found, by)
