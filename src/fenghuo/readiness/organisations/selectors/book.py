"""The contact book (通讯录): people in the units they belong to, by line and by block, as far as somebody may see."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Person, Post, Region, Unit
from fenghuo.kernel.access.models.regions import RegionLevel
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.access.scoped import ABOVE_DIGITS
from fenghuo.kernel.registry.selectors import posts_held, typed_names
from fenghuo.kernel.registry.selectors.regions import homes

from ..rules import ORDER, rank

BLOCK = (RegionLevel.TOWN, RegionLevel.VILLAGE)  # who stands there belongs to a block, everybody else to a line
KINDS = Case(
    *(When(record__unit__kind=kind, then=Value(place)) for place, kind in enumerate(UnitKind.values)),
    output_field=IntegerField(),
)
SIDE = Case(When(record__unit__region__level__in=BLOCK, then=Value(1)), default=Value(0), output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Asked:
    """`part`: line, block or "" for both. `region`: only there. `unit`: a unit's key. `people`: only these keys."""

    words: str = ""
    part: str = ""
    region: Region | None = None
    unit: int | None = None
    people: tuple[int, ...] | None = None

    @property
    def narrowed(self) -> bool:
        return bool(self.words or self.part or self.region or self.unit or self.people is not None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A person with what they are in their own unit, and in others. `town`: the block; None for a line."""

    person: Person
    unit: Unit
    town: Region | None
    title: str
    others: tuple[str, ...]

    @property
    def pk(self) -> int:
        return int(self.person.pk)


@dataclass(frozen=True, slots=True)
class OfUnit:
    unit: Unit
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Group:
    """A town with its villages and what else stands there, or (`town` is None) all the lines."""

    town: Region | None
    units: list[OfUnit]


def people(actor: Actor, asked: Asked) -> QuerySet[Person]:
    """Lines first, then town by town, each unit's people together. Raises: NotAllowed."""
    require(actor, "registry.read")
    found = Person.objects.visible_to(actor).filter(record__archived_at=None, record__unit__valid_to=None)
    if asked.part:
        inside = Q(record__unit__region__level__in=BLOCK)
        found = found.filter(inside if asked.part == "block" else ~inside)
    if asked.region is not None:
        path = asked.region.path
        found = found.filter(record__unit__region__path__gte=path, record__unit__region__path__lt=path + ABOVE_DIGITS)
    if asked.unit is not None:
        found = found.filter(record__unit=asked.unit)
    if asked.people is not None:
        found = found.filter(pk__in=asked.people)
    if asked.words:
        found = found.filter(_words(asked.words))
    return found.order_by(SIDE, "record__unit__region__path", KINDS, "record__unit__code", "name", "pk")


def entries(actor: Actor, asked: Asked) -> Iterable[Entry]:
    """2 queries. Raises: NotAllowed."""
    return read(people(actor, asked))


def read(found: QuerySet[Person]) -> list[Entry]:
    """The entries of these people, in each unit those first who lead it. 2 queries."""
    held = Prefetch("posts", posts_held(timezone.localdate()).order_by("pk"), to_attr="held")
    whole = found.select_related("record__unit__region__parent").prefetch_related(held)
    made = [_entry(person) for person in whole]
    return [entry for of_unit in _runs(made, lambda one: one.unit.pk) for entry in sorted(of_unit, key=_rank)]


def _rank(entry: Entry) -> int:
    """By the first of the posts in the own unit; who holds none comes last."""
    held: list[Post] = entry.person.held  # type: ignore[attr-defined]
    return min((rank(post.role) for post in held if post.unit_id == entry.unit.pk), default=len(ORDER))


def people_by_key(actor: Actor, keys: Collection[int]) -> list[Person]:
    """Those among these who are in the book and whom the actor may see, in its order. 1 query."""
    return list(people(actor, Asked(people=tuple(keys))))


def grouped(found: Iterable[Entry]) -> list[Group]:
    """Entries that follow each other, under their town or among the lines, unit by unit."""
    return [
        Group(
            of_town[0].town, [OfUnit(of_unit[0].unit, of_unit) for of_unit in _runs(of_town, lambda one: one.unit.pk)]
        )
        for of_town in _runs(found, lambda one: one.town.pk if one.town else 0)
    ]


def towns(actor: Actor) -> list[Region]:
    """The towns of the county inside the actor's block, to choose from. 1 query."""
    found = Region.objects.filter(parent__in=homes()[:1].values("pk"), valid_to=None, path__startswith=actor.block)
    return list(found.order_by("path"))


def _runs(found: Iterable[Entry], key: Callable[[Entry], int]) -> list[list[Entry]]:
    return [list(run) for _value, run in groupby(found, key)]


def _entry(person: Person) -> Entry:
    unit = person.record.unit
    assert unit is not None  # every person belongs to one
    region = unit.region
    town = (
        region if region.level == RegionLevel.TOWN else region.parent if region.level == RegionLevel.VILLAGE else None
    )
    own = [post for post in person.held if post.unit_id == unit.pk]  # type: ignore[attr-defined]
    others = [post for post in person.held if post.unit_id != unit.pk]  # type: ignore[attr-defined]
    return Entry(
        person,
        unit,
        town,
        "、".join(dict.fromkeys(post.title or str(post.get_role_display()) for post in own)),
        tuple(f"{post.unit.name} {post.title or post.get_role_display()}" for post in others),
    )


def _words(words: str) -> Q:
    """Name or unit as typed, also in pinyin; a telephone; the title of a post."""
    titled = posts_held(timezone.localdate()).filter(title__icontains=words).values("person")
    return (
        Q(pk__in=typed_names("person", words))
        | Q(record__unit__in=typed_names("unit", words))
        | Q(mobile__contains=words)
        | Q(phone__contains=words)
        | Q(pk__in=titled)
    )
