"""Today: what somebody must do, by the clock that runs out first. Rooms add their tasks in today.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, DateTimeField, F, Min, QuerySet, Value
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone
from django.utils.functional import Promise

from fenghuo.kernel.access.actor import Actor

MOST = 20  # of one source: more than this is a list, not a task


@dataclass(frozen=True, slots=True)
class Item:
    """One task. `due_at` with `due_word` (what runs out); or `since`, the moment from which it has been waiting.

    With `done_at` it is no task any more but good news of the last days.
    """

    title: str
    note: str
    url: str
    button: str
    due_at: datetime | None = None
    due_word: str = ""
    since: datetime | None = None
    source: str = ""
    exercise: bool = False
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """The button above the tasks that begins something new; `key` is its letter."""

    label: str | Promise
    url: str
    key: str
    action: str


@dataclass(frozen=True, slots=True)
class Told:
    """A row as the database gives it: two moments, and whatever the source wants to say, by name."""

    due_at: datetime | None
    since: datetime | None
    said: Mapping[str, Any]


type Rows = QuerySet[Any, Any]
type Find = Callable[[Actor], Rows | None]
type Show = Callable[[Told], Item]

_sources: dict[str, tuple[Find, Show]] = {}
_starts: list[Start] = []


def add(name: str, show: Show) -> Callable[[Find], Find]:
    """Register a source: it gives `rows` or `count_of` (None without the right), `show` makes a task of each row.

    All sources are asked in one query, however many rooms there are.
    """

    def register(find: Find) -> Find:
        if name in _sources:
            raise ValueError(f"the source {name} is on Today twice")
        _sources[name] = (find, show)
        return find

    return register


def rows(found: Rows, *, due_at: Any = None, since: Any = None, **said: Any) -> Rows:
    """The first MOST of `found` in its own order; the moments and `said` are field names or expressions."""
    model = found.model
    first = model._default_manager.filter(pk__in=found.values("pk")[:MOST]).order_by()
    return _columns(first, _moment(due_at), _moment(since), JSONObject(**said))


def count_of(found: Rows, *, since: str, **by: Any) -> Rows:
    """How many there are (`n`) and since when the oldest waits; none when there is nothing.

    One row, or one for each value of `by` (names and expressions), which are said too.
    """
    grouped = (
        found.order_by().select_related(None).values(**{"by_all": Value(1)} | {f"by_{name}": by[name] for name in by})
    )
    said = JSONObject(n=Count("pk"), **{name: F(f"by_{name}") for name in by})
    return _columns(grouped, _moment(None), Min(since), said)


def _columns(found: Rows, due_at: Any, since: Any, said: Any) -> Rows:
    made: Rows = found.annotate(today_due=due_at, today_since=since, today_said=said)
    return made


def _moment(of: Any) -> Any:
    if of is None:
        return Cast(Value(None, output_field=DateTimeField()), DateTimeField())
    return F(of) if isinstance(of, str) else of


def add_start(start: Start) -> None:
    _starts.append(start)


def starts_for(actor: Actor) -> list[Start]:
    return [start for start in _starts if actor.may(start.action)]


def items_for(actor: Actor) -> list[Item]:
    """Clocks first, soonest on top; then what has been waiting longest; then the rest. 1 query."""
    asked: list[Rows] = []
    for name, (find, _show) in _sources.items():
        rows_of = find(actor)
        if rows_of is not None:
            named = rows_of.annotate(today_source=Value(name))
            asked.append(named.values_list("today_source", "today_due", "today_since", "today_said"))
    if not asked:
        return []
    answered = asked[0].union(*asked[1:], all=True).order_by()  # not by the order of the first one's model
    items = [_sources[name][1](Told(due_at, since, said)) for name, due_at, since, said in answered]
    never = timezone.now().replace(year=9999)
    return sorted(items, key=lambda item: (item.due_at or never, item.since or never))
