"""What may be asked of regions, units, people and posts."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from fenghuo.kernel.access.models import Post, Region, Unit
from fenghuo.kernel.access.rights import Role

from .models import Name, NameKind
from .spelling import typed

DUTY_ROLES = (Role.DUTY_OFFICER, Role.DUTY_LEADER)


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


def unit_by_code(code: str) -> Unit | None:
    return Unit.objects.select_related("region", "record").filter(code=code, valid_to=None).first()


def region_by_code(code: str) -> Region | None:
    """The region that bears this code, or bore it once (户县 was 610125)."""
    if region := Region.objects.filter(code=code).first():
        return region
    former = Name.objects.filter(record_kind="region", code=code, kind=NameKind.FORMER).values("record_id")
    return Region.objects.filter(pk__in=former).first()


def home_region() -> Region | None:
    """The county (or city, or province) that this installation serves: FENGHUO_NODE, else the county there is."""
    from django.conf import settings

    if settings.NODE and (region := region_by_code(settings.NODE.ljust(12, "0"))):
        return region
    return Region.objects.filter(level="county", valid_to=None).order_by("path").first()


def posts_held(today: date) -> QuerySet[Post]:
    held = Q(until__isnull=True) | Q(until__gte=today)
    return Post.objects.filter(held, since__lte=today).select_related("unit__region", "person")


def on_duty(unit: Unit, today: date) -> QuerySet[Post]:
    """Holders of the duty roles; the duty room will narrow this to the shift that runs."""
    return posts_held(today).filter(unit=unit, role__in=DUTY_ROLES).order_by("role", "pk")


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
