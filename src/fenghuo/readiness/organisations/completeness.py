"""What can be asked of units and people, for the rules of completeness."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from fenghuo.kernel.access.models import Person, Unit
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.registers.completeness.predicates import Subject, add_subject, predicate
from fenghuo.kernel.registry.selectors import posts_held

add_subject(
    Subject(
        "unit",
        lambda: Unit.objects.filter(valid_to=None, record__archived_at=None),
        unit="pk",
        kind="kind",
        title="name",
        register="units",
    )
)
add_subject(
    Subject(
        "person",
        lambda: Person.objects.filter(record__archived_at=None),
        unit="record__unit",
        kind="record__unit__kind",
        title="name",
        register="people",
    )
)
REACHABLE = ~Q(person__mobile="") | ~Q(person__phone="")


@predicate("unit.head_reachable")
def head_reachable(_amount: int | None) -> Q:
    held = posts_held(timezone.localdate()).filter(REACHABLE, unit=OuterRef("pk"), role=Role.HEAD)
    return Q(Exists(held))


@predicate("unit.contact_reachable")
def contact_reachable(_amount: int | None) -> Q:
    people = Person.objects.filter(~Q(mobile="") | ~Q(phone=""), record__unit=OuterRef("pk"), record__archived_at=None)
    return Q(Exists(people))


@predicate("unit.duty_telephone")
def duty_telephone(_amount: int | None) -> Q:
    return ~Q(phone="")


@predicate("unit.position")
def position(_amount: int | None) -> Q:
    return Q(region__latitude__isnull=False, region__longitude__isnull=False)


@predicate("unit.people_known")
def people_known(_amount: int | None) -> Q:
    return Q(region__people__isnull=False)


@predicate("unit.checked_within")
@predicate("person.checked_within")
def checked_within(days: int | None) -> Q:
    return Q(record__checked_at__gte=timezone.now() - timedelta(days=days or 0))


@predicate("person.reachable")
def reachable(_amount: int | None) -> Q:
    return ~Q(mobile="") | ~Q(phone="")


@predicate("person.post")
def post(_amount: int | None) -> Q:
    return Q(Exists(posts_held(timezone.localdate()).filter(person=OuterRef("pk"))))
