"""What an address asks of a register: words, filters, place, freshness, order and columns, all kept in the query."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.access.scoped import ABOVE_DIGITS
from fenghuo.kernel.registry.selectors import region_by_code

from .declaring import Column, Register

STATES = ("", "stale", "archive")


@dataclass(frozen=True, slots=True)
class Asked:
    words: str
    region: Region | None
    state: str
    chosen: Mapping[str, str]
    sort: str
    columns: tuple[Column, ...]

    @property
    def narrowed(self) -> bool:
        return bool(self.words or self.region or self.state or self.chosen)


def read_query(register: Register, actor: Actor, said: Mapping[str, Any], wanted: Sequence[str] = ()) -> Asked:
    """From the parameters of an address. `wanted`: names of the columns to show, in the order of the register.

    Raises: NotAllowed, Invalid (naming the parameter: an unknown place, value, order or column).
    """
    require(actor, register.read)
    faults: list[Fault] = []
    region = None
    if code := _text(said, "region"):
        region = region_by_code(code.ljust(12, "0"))
        if region is None:
            faults.append(Fault("region", _("There is no region with this code."), code))
    state = _text(said, "state")
    if state not in STATES:
        faults.append(Fault("state", _("must be one of: %(known)s") % {"known": " ".join(STATES[1:])}, state))
        state = ""
    chosen = {}
    for one in register.filters:
        if value := _text(said, one.name):
            known = [slug for slug, _word in one.choices(actor)]
            if value in known:
                chosen[one.name] = value
            else:
                faults.append(Fault(one.name, _("must be one of: %(known)s") % {"known": " ".join(known)}, value))
    readable = register.columns_for(actor)
    sort = _text(said, "sort")
    if sort and sort.removeprefix("-") not in {column.name for column in readable if column.sort}:
        faults.append(Fault("sort", _("is no column that can be sorted by"), sort))
        sort = ""
    if unknown := [name for name in wanted if name not in {column.name for column in readable}]:
        faults.append(Fault("columns", _("is no column of this list"), " ".join(unknown)[:100]))
    shown = tuple(column for column in readable if (column.name in wanted if wanted else column.shown))
    asked = Asked(_text(said, "q").strip(), region, state, chosen, sort, shown or readable)
    if faults:
        raise Unusable(asked, *faults)
    return asked


class Unusable(Invalid):
    """What could be used of it is in `asked`, for pages that show the list all the same."""

    def __init__(self, asked: Asked, *faults: Fault) -> None:
        super().__init__(*faults)
        self.asked = asked


def found_rows(register: Register, actor: Actor, asked: Asked) -> QuerySet[Any]:
    """The rows that the actor may see and asked for, in the order asked for."""
    at = register.at
    found = register.rows(actor).filter(**{f"{at}archived_at__isnull": asked.state != "archive"})
    if asked.words:
        found = register.search(actor, found, asked.words)
    if asked.region is not None:
        path = asked.region.path
        found = found.filter(**{f"{at}block__gte": path, f"{at}block__lt": path + ABOVE_DIGITS})
    if asked.state == "stale":
        found = found.filter(stale(register))
    for one in register.filters:
        if value := asked.chosen.get(one.name):
            found = one.narrow(found, value)
    found = with_columns(found, asked.columns)
    if asked.sort:
        column = next(one for one in register.columns if one.name == asked.sort.removeprefix("-"))
        order = F(column.sort)
        falling = asked.sort.startswith("-")
        found = found.order_by(order.desc(nulls_last=True) if falling else order.asc(nulls_last=True), "pk")
    return found if found.ordered else found.order_by("pk")  # else a row may be on two pages, or on none


def with_columns(found: QuerySet[Any], columns: Iterable[Column]) -> QuerySet[Any]:
    """With what these columns read, each relation once."""
    return found.prefetch_related(*dict.fromkeys(relation for column in columns for relation in column.fetch))


def stale(register: Register) -> Q:
    """Nobody has looked at it for too long, or ever."""
    at = register.at
    return Q(**{f"{at}checked_at__lt": timezone.now() - register.stale}) | Q(**{f"{at}checked_at__isnull": True})


def _text(said: Mapping[str, Any], name: str) -> str:
    return str(said.get(name, ""))[:100]
