"""Typeahead: units, regions and people by however they are called."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Length

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Person, Region, Unit

from ..models import Name, NameKind
from ..spelling import typed
from .units import unit_by_code


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a typeahead. `former` is the old name that matched, when it was one."""

    record_id: int
    code: str
    name: str
    note: str
    former: str = ""


def find_units(text: str, limit: int = 10) -> list[Found]:
    """Units by characters, full pinyin, initials, former name or code, best match first.

    Names and codes of units are an address book that everybody signed in may use to address a paper;
    what a unit holds (people, telephones, records) is scoped (decision 3).
    """
    names = _matching("unit", text, limit)
    units = Unit.objects.select_related("region").in_bulk([name.record_id for name in names])
    found = [_found(name, units[name.record_id]) for name in names if units[name.record_id].valid_to is None]
    if not found and (unit := unit_by_code(text.strip())):
        found = [Found(unit.pk, unit.code, unit.name, unit.region.name)]
    return found[:limit]


def find_regions(text: str, limit: int = 10) -> list[tuple[Region, str]]:
    """Regions by any of their names with the name that matched; ended ones too, since people still say them."""
    names = _matching("region", text, limit)
    regions = Region.objects.select_related("parent").in_bulk([name.record_id for name in names])
    return [(regions[name.record_id], name.text) for name in names][:limit]


def find_people(actor: Actor, text: str, limit: int = 10) -> list[Person]:
    """People this actor may see, by name in characters, pinyin or initials."""
    key = typed(text)
    if not key:
        return []
    named = Name.objects.filter(record_kind="person", keys__contains=f" {key}").values("record_id")
    found = Person.objects.visible_to(actor).filter(pk__in=named, record__archived_at=None)
    return list(found.select_related("record__unit").order_by("name", "pk")[:limit])


def typed_names(record_kind: str, text: str) -> QuerySet[Name, Any]:
    """Keys (`record_id`) of the records of this kind so named, in characters, pinyin, initials or by a former name."""
    key = typed(text)
    named = Name.objects.filter(record_kind=record_kind, keys__contains=key) if key else Name.objects.none()
    return named.values("record_id")


def _matching(record_kind: str, text: str, limit: int) -> list[Name]:
    """The best name of each record that matches; at most twice `limit` rows are read."""
    key = typed(text)
    if not key:
        return []
    rank = Case(
        When(text=text.strip(), then=Value(0)),
        When(keys__startswith=f" {key}", then=Value(1)),
        When(keys__contains=f" {key}", then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    # One Latin letter is in nearly every name: take only what begins with it.
    wanted = f" {key}" if len(key) == 1 and key.isascii() else key
    rows = (
        Name.objects.filter(record_kind=record_kind, keys__contains=wanted)
        .annotate(rank=rank, length=Length("text"))
        .order_by("rank", "kind", "length", "pk")[: limit * 2]
    )
    best: dict[int, Name] = {}
    for row in rows:
        best.setdefault(row.record_id, row)
    return list(best.values())


def _found(name: Name, unit: Unit) -> Found:
    former = name.text if name.kind == NameKind.FORMER else ""
    return Found(unit.pk, unit.code, unit.name, unit.region.name, former)
