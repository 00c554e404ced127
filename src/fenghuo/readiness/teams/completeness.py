"""What can be asked of teams, for the rules of completeness."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from fenghuo.kernel.registers.completeness.predicates import Subject, add_subject, predicate

from .models import Contact, Team

add_subject(
    Subject(
        "team",
        lambda: Team.objects.filter(record__archived_at=None),
        unit="record__unit",
        kind="record__unit__kind",
        title="record__title",
        register="teams",
    )
)


@predicate("team.leader_reachable")
def leader_reachable(_amount: int | None) -> Q:
    """The first whom to call: a name with a telephone, or a person of the registry who has one."""
    number = ~Q(phone="") | ~Q(person__mobile="") & Q(person__isnull=False)
    number |= ~Q(person__phone="") & Q(person__isnull=False)
    return Q(Exists(Contact.objects.filter(number, team=OuterRef("pk"), place=0)))


@predicate("team.people")
def people(_amount: int | None) -> Q:
    return Q(people__gt=0)


@predicate("team.position")
def position(_amount: int | None) -> Q:
    return Q(latitude__isnull=False, longitude__isnull=False)


@predicate("team.checked_within")
def checked_within(days: int | None) -> Q:
    return Q(record__checked_at__gte=timezone.now() - timedelta(days=days or 0))
