"""Today: what somebody must do, by the clock that runs out first. Rooms add their tasks in today.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise

from fenghuo.kernel.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Item:
    """One task. `due_at` with `due_word` (what runs out); or `since`, the moment from which it has been waiting."""

    title: str
    note: str
    url: str
    button: str
    due_at: datetime | None = None
    due_word: str = ""
    since: datetime | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """The button above the tasks that begins something new; `key` is its letter."""

    label: str | Promise
    url: str
    key: str
    action: str


type Source = Callable[[Actor], list[Item]]

_sources: list[Source] = []
_starts: list[Start] = []


def add(source: Source) -> Source:
    _sources.append(source)
    return source


def add_start(start: Start) -> None:
    _starts.append(start)


def starts_for(actor: Actor) -> list[Start]:
    return [start for start in _starts if actor.may(start.action)]


def items_for(actor: Actor) -> list[Item]:
    """Clocks first, soonest on top; then what has been waiting longest; then the rest."""
    found = [item for source in _sources for item in source(actor)]
    never = timezone.now().replace(year=9999)
    return sorted(found, key=lambda item: (item.due_at or never, item.since or never))
