"""What a measure is asked, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone


@dataclass(slots=True)
class Moment:
    """The moment that is asked about. What happened before `at` had happened; `past`: not now, but the end of a day.

    Now is told by the records as they stand; the past by their days and, where a record only knows how it stands now,
    by the journal.
    """

    at: datetime
    past: bool = False
    known_archived: frozenset[int] | None = field(default=None, compare=False, repr=False)  # see past.archived

    @classmethod
    def now(cls) -> "Moment":
        return cls(timezone.now())

    @classmethod
    def end_of(cls, day: date) -> "Moment":
        """Today and what is still to come are now."""
        if day >= timezone.localdate():
            return cls.now()
        return cls(timezone.make_aware(datetime.combine(day + timedelta(days=1), time())), past=True)

    @property
    def day(self) -> date:
        """The day at whose end, or in which, it lies."""
        return timezone.localdate(self.at - timedelta(microseconds=1) if self.past else self.at)


@dataclass(frozen=True, slots=True)
class Ask:
    """What one target asks of a measure. What happens counts from `since` up to, not at, `until`.

    What is there or not (a team, a filled post) is counted as it stands at the moment, whatever the time it began.
    """

    slug: str
    since: datetime
    until: datetime
    options: Mapping[str, str] = field(default_factory=dict)

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(self.options.get(name, "").split())

    def number(self, name: str, default: int) -> int:
        said = self.options.get(name, "")
        return int(said) if said.isdecimal() else default


class Progress(NamedTuple):
    """Of one unit. `value`: how many count. `asked`: how many there must be as the records themselves say it; None
    where the target says it.
    """

    value: int
    asked: int | None = None


class Piece(NamedTuple):
    """A record that counts, or counted. `record`: the key by which sight is asked; `address`: "" for its own page.

    `on`: since when it counts. `ended_on`, `why`: since when it does not any more, and why.
    """

    record: int
    title: str
    note: str = ""
    on: date | None = None
    ended_on: date | None = None
    why: str = ""
    address: str = ""


class Lack(NamedTuple):
    """Something that is missing, and the page where it is made. `record`: whose it is, where sight matters."""

    what: str
    address: str = ""
    note: str = ""
    record: int | None = None
