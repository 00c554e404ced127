"""A register (台账): what a room says of a list that must be kept, and what follows from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.web import menu

from .kinds import Kind, Text

STALE = timedelta(days=180)

type Words = str | Promise
type Fetch = str | Prefetch[Any, Any, Any]
type Row = Any  # an instance of the register's model


@dataclass(frozen=True, slots=True)
class Column:
    """One thing known of a row. `name` is the same in addresses, services and the API.

    `value`: read from a row that `rows` gave, without a query. `sort`: what the database sorts by, "" for not at all.
    `also`: other headings that stand for it in workbooks. `kept`: may be said in forms, workbooks and the API.
    `once`: only when the row is new. `shown`: stands in the list unless somebody chooses otherwise.
    `right`: the action without which it is not shown to anybody, anywhere. `fetch`: what is read ahead for it.
    """

    name: str
    label: Words
    value: Callable[[Row], Any]
    kind: Kind = field(default_factory=Text)
    sort: str = ""
    also: tuple[str, ...] = ()
    kept: bool = True
    once: bool = False
    needed: bool = False
    shown: bool = True
    right: str = ""
    fetch: tuple[Fetch, ...] = ()
    help: Words = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice above the list. `narrow` gets the chosen value, one of `choices` in every case."""

    name: str
    label: Words
    choices: Callable[[Actor], Sequence[tuple[str, Words]]]
    narrow: Callable[[QuerySet[Any], str], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Register:
    """A list with everything that belongs to it.

    `rows`: the one read path, scoped, in the order of the list, with all that the columns read but their `fetch`.
    `search`: narrowed to words. The verbs are the room's services, called as create(by=…, **values) and
    change(row, by=…, version=…, **values); one that is None is not offered. `create_many`([values, …], by=…) and
    `change_many`([Change(row, version, values), …], by=…), with no record twice, do the same for many rows of a
    workbook in few statements; without them each row goes in by itself. `may_change`: whether to offer changing
    this row; the services ask the same. `first`: what a new row begins with. `record` and `at`: where a row's record
    is found, in Python and by the database. `position`: WGS 84 degrees, for the map. `page`, `home`: address of a
    row's own page and name of that of the list, if not those here. `stale`: after that somebody should look again,
    本县设定. `keys`: by which columns a row of a workbook is known, the surest first; without any by its first column.
    """

    name: str
    title: Words
    one: Words
    icon: str
    order: int
    read: str
    write: str
    rows: Callable[[Actor], QuerySet[Any]]
    columns: tuple[Column, ...]
    search: Callable[[Actor, QuerySet[Any], str], QuerySet[Any]]
    may_change: Callable[[Actor, Row], bool]
    create: Callable[..., Row] | None = None
    change: Callable[..., Row] | None = None
    create_many: Callable[..., Sequence[Row | Refused]] | None = None
    change_many: Callable[..., Sequence[Row | Refused]] | None = None
    confirm: Callable[..., Row] | None = None
    archive: Callable[..., Row] | None = None
    restore: Callable[..., Row] | None = None
    filters: tuple[Filter, ...] = ()
    first: Callable[[Actor], Mapping[str, Any]] = lambda _actor: {}
    record: Callable[[Row], Record] = lambda row: row.record
    at: str = "record__"
    position: Callable[[Row], tuple[float, float] | None] | None = None
    page: Callable[[Row], str] | None = None
    home: str = ""
    stale: timedelta = STALE
    empty: Words = ""
    keys: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        known = {column.name for column in self.columns}
        if unknown := {name for key in self.keys for name in key} - known:
            raise ValueError(f"the register {self.name} has no columns {sorted(unknown)}")
        if not self.keys:
            object.__setattr__(self, "keys", ((self.columns[0].name,),))

    def columns_for(self, actor: Actor) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.right or actor.may(column.right))


_registers: dict[str, Register] = {}


def add(register: Register) -> None:
    """Called in a room's register.py. It stands in the menu under readiness."""
    if register.name in _registers:
        raise ValueError(f"register {register.name} twice")
    _registers[register.name] = register
    menu.add(
        menu.Entry(
            section="readiness",
            label=register.title,
            url=register.home or "registers:list",
            args=() if register.home else (register.name,),
            icon=register.icon,
            order=register.order,
            action=register.read,
        )
    )


def register_named(name: str) -> Register | None:
    return _registers.get(name)


def registers() -> list[Register]:
    return sorted(_registers.values(), key=lambda one: one.order)
