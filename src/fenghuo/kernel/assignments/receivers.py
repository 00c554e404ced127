"""Who can be given an assignment, and whom to ask there. Rooms add their kinds of receiver in receivers.py."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Person, Post, Record, Unit
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.access.scoped import visible
from fenghuo.kernel.registry.selectors import posts_held


@dataclass(frozen=True, slots=True)
class Contact:
    """One who is asked. `phone` may be a landline: then people call it, nothing is sent there."""

    name: str
    person_id: int | None = None
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """`record_id`: the Record of a unit, team or person; `contacts` in the order in which they are asked."""

    record_id: int
    name: str
    unit_id: int | None
    person_id: int | None
    contacts: tuple[Contact, ...]


type Finder = Callable[[Actor, Sequence[int]], list[Addressee]]

_finders: dict[str, Finder] = {}
FIRST_ASKED = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.HEAD, Role.COMMANDER, Role.CLERK)


def add(kind: str, finder: Finder) -> None:
    """`finder(actor, record keys)` answers the addressees of this kind of Record that the actor may see."""
    if kind in _finders:
        raise ValueError(f"receivers of kind {kind} twice")
    _finders[kind] = finder


def addressees(actor: Actor, keys: Sequence[int]) -> dict[int, Addressee]:
    """By record key; those that are nothing that can be ordered, or that the actor may not see, are left out."""
    kinds = dict(Record.objects.filter(pk__in=list(keys), kind__in=list(_finders)).values_list("pk", "kind"))
    found: dict[int, Addressee] = {}
    for kind in sorted(set(kinds.values())):
        wanted = [pk for pk in keys if kinds.get(pk) == kind]
        found |= {one.record_id: one for one in _finders[kind](actor, wanted)}
    return found


def _units(actor: Actor, keys: Sequence[int]) -> list[Addressee]:
    """A unit's people by role, duty officers first, then its telephone. A department also orders whom it supervises."""
    reach = visible(actor, "record__")
    if reach and actor.unit_id is not None:
        reach |= Q(supervisions__department=actor.unit_id)
    units = list(Unit.objects.filter(reach, pk__in=list(keys), valid_to=None).distinct())
    posts: dict[int, list[Post]] = {}
    asked = posts_held(timezone.localdate()).filter(unit__in=[unit.pk for unit in units], role__in=FIRST_ASKED)
    for post in asked.order_by("pk"):
        posts.setdefault(post.unit_id, []).append(post)
    return [Addressee(unit.pk, unit.name, unit.pk, None, _contacts(unit, posts.get(unit.pk, []))) for unit in units]


def _contacts(unit: Unit, posts: list[Post]) -> tuple[Contact, ...]:
    rank = {role: place for place, role in enumerate(FIRST_ASKED)}
    people = {post.person_id: post for post in sorted(posts, key=lambda post: (-rank[Role(post.role)], -post.pk))}
    ordered = sorted(people.values(), key=lambda post: (rank[Role(post.role)], post.pk))
    found = [Contact(post.person.name, post.person_id, post.person.mobile, post.person.email) for post in ordered]
    return (*found, *((Contact(unit.name, phone=unit.phone),) if unit.phone else ()))


def _people(actor: Actor, keys: Sequence[int]) -> list[Addressee]:
    found = Person.objects.visible_to(actor).filter(pk__in=list(keys)).select_related("record")
    return [
        Addressee(one.pk, one.name, one.record.unit_id, one.pk, (Contact(one.name, one.pk, one.mobile, one.email),))
        for one in found
    ]


add("unit", _units)
add("person", _people)
