"""Whose duty a clock is, and who there is told of it."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import BigIntegerField, Case, Exists, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Post, Record, Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.messaging.receivers import Receiver
from fenghuo.kernel.registry.selectors import on_duty, posts_held
from fenghuo.kernel.registry.selectors.regions import homes
from fenghuo.standards.notice_steps import CHAIN

# Kinds of record that belong to who sent them, while what is due is the county desk's (接报).
_by_home_desk: set[str] = set()


def answered_by_the_desk(kind: str) -> None:
    """What is due for records of this kind is the duty of the county's emergency office, whoever they came from."""
    _by_home_desk.add(kind)


def home_desk() -> Unit | None:
    """The emergency office of the home region. 1 query."""
    return _offices().order_by("pk").first()


def _offices() -> QuerySet[Unit]:
    return Unit.objects.filter(kind=UnitKind.EMERGENCY_OFFICE, valid_to=None, region__in=homes()[:1].values("pk"))


def answering(desk: Unit | None, path: str = "record__") -> Combinable:
    """The key of the unit whose duty a clock is, as a column."""
    own = F(f"{path}unit_id")
    if desk is None:
        return own
    theirs = Q(**{f"{path}kind__in": sorted(_by_home_desk)}) | Q(**{f"{path}unit__isnull": True})
    return Case(When(theirs, then=Value(desk.pk)), default=own, output_field=BigIntegerField())


def duties_of(unit: int | None, desk: Unit | None) -> Q:
    """Which clocks are duties of this unit, as a condition on clocks."""
    if unit is None:
        return Q(pk__in=[])
    if desk is None:
        return Q(record__unit=unit)
    own = Q(record__unit=unit) & ~Q(record__kind__in=sorted(_by_home_desk))
    if desk.pk == unit:
        return own | Q(record__kind__in=sorted(_by_home_desk)) | Q(record__unit__isnull=True)
    return own


def own_and_desk(unit: int) -> Q:
    """As duties_of, without a query of its own: whether the unit is the county's desk is asked with the rest."""
    desks = _offices().filter(pk=unit)
    theirs = Q(record__kind__in=sorted(_by_home_desk)) | Q(record__unit__isnull=True)
    theirs &= Q(Exists(desks))
    return (Q(record__unit=unit) & ~Q(record__kind__in=sorted(_by_home_desk))) | theirs


def unit_answering(kind: str, unit: int | None, desk: Unit | None) -> int | None:
    """The key of the unit whose duty a clock is, of a record of this kind and unit."""
    return desk.pk if desk is not None and (kind in _by_home_desk or unit is None) else unit


def is_ours(actor: Actor, record: Record, desk: Unit | None) -> bool:
    """Whether this record's clocks are duties of the actor's unit."""
    theirs = unit_answering(record.kind, record.unit_id, desk)
    return actor.is_system or (theirs is not None and theirs == actor.unit_id)


def people_of(unit: Unit, roles: Iterable[str], day: date) -> dict[str, list[Receiver]]:
    """Who holds each of these roles there, by role. A role that nobody holds is passed on to the next of the chain,
    then down it; without anybody the unit's telephone, be it empty: then the outbox says that nobody could be told.

    2 queries.
    """
    duty = list(on_duty(unit, day))
    others = list(posts_held(day).filter(unit=unit, role__in=CHAIN[2:]).order_by("pk"))
    holders: dict[str, list[Post]] = {}
    for post in [*duty, *others]:
        holders.setdefault(post.role, []).append(post)
    return {role: _holders(unit, role, holders) for role in roles}


def _holders(unit: Unit, role: str, holders: dict[str, list[Post]]) -> list[Receiver]:
    place = CHAIN.index(role)
    for name in (*CHAIN[place:], *reversed(CHAIN[:place])):
        if found := holders.get(name):
            return _receivers(found)
    return [Receiver(unit.name, unit_id=unit.pk, phone=unit.phone)]


def _receivers(posts: Sequence[Post]) -> list[Receiver]:
    people = {post.person_id: post.person for post in posts}
    return [Receiver(one.name, person_id=one.pk, phone=one.mobile) for one in people.values()]
