"""What is lacking in organisations, found anew each time it is asked: nothing of it is stored.

Each is a queryset in the actor's sight. Of a unit it is said that a post is vacant, not who else works there.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Person, Post, Unit
from fenghuo.kernel.registers.declaring import STALE
from fenghuo.kernel.registry.selectors import posts_held

from ..rules import Apart, Needed, apart, needed

ENDED_WITHIN = timedelta(days=365)  # 本县设定: what ended longer ago is history


def vacancies(actor: Actor) -> QuerySet[Unit]:
    """Units of a kind that needs a post which nobody holds, each once; `lacking` tells which. Raises: NotAllowed."""
    require(actor, "registry.read")
    today = timezone.localdate()
    units = Unit.objects.visible_to(actor).filter(valid_to=None, record__archived_at=None)
    lacks = Q(pk__in=[])
    for rule in needed():
        lacks |= Q(kind__in=rule.kinds) & ~Q(Exists(_holding(today, rule.roles)))
    return units.filter(lacks).select_related("region__parent").order_by("region__path", "code")


def lacking(units: list[Unit]) -> dict[int, list[Needed]]:
    """By unit, the rules that nobody fulfils there. 1 query."""
    held: dict[int, set[str]] = {}
    for unit, role in _serving(timezone.localdate()).filter(unit__in=units).values_list("unit", "role"):
        held.setdefault(unit, set()).add(role)
    rules = needed()
    return {
        unit.pk: [rule for rule in rules if unit.kind in rule.kinds and held.get(unit.pk, set()).isdisjoint(rule.roles)]
        for unit in units
    }


def doubled(actor: Actor) -> QuerySet[Person]:
    """People with posts in several units, or with two that one person should not hold."""
    serving = _serving(timezone.localdate()).filter(person=OuterRef("pk"))
    units = serving.order_by().values("person").annotate(n=Count("unit", distinct=True)).values("n")
    both = Q(pk__in=[])
    for rule in apart():
        both |= Q(Exists(serving.filter(role=rule.one))) & Q(Exists(serving.filter(role=rule.other)))
    return _people(actor).annotate(in_units=units).filter(Q(in_units__gt=1) | both)


def clashing(roles: set[str]) -> list[Apart]:
    """The rules against holding these together."""
    return [rule for rule in apart() if {rule.one, rule.other} <= roles]


def stale_numbers(actor: Actor) -> QuerySet[Person]:
    """People without any telephone, or whom nobody has confirmed for too long."""
    old = Q(record__checked_at=None) | Q(record__checked_at__lt=timezone.now() - STALE)
    return _people(actor).filter(old | Q(mobile="", phone="")).order_by("mobile", "record__checked_at", "pk")


def ended_posts(actor: Actor) -> QuerySet[Post]:
    """Posts that ended within a year, whose holder is still in the register, and in which nobody followed."""
    today = timezone.localdate()
    followed = Post.objects.filter(unit=OuterRef("unit"), role=OuterRef("role")).filter(
        Q(until=None) | Q(until__gte=today), person__record__archived_at=None
    )
    ended = Post.objects.filter(until__lt=today, until__gte=today - ENDED_WITHIN, unit__valid_to=None)
    ended = ended.filter(~Exists(followed), person__in=_people(actor).values("pk"))
    return ended.select_related("unit", "person").order_by("-until", "pk")


def without_post(actor: Actor) -> QuerySet[Person]:
    """People of the register who hold no post now and will not soon."""
    today = timezone.localdate()
    holding = Post.objects.filter(Q(until=None) | Q(until__gte=today), person=OuterRef("pk"))
    return _people(actor).filter(~Exists(holding))


def _people(actor: Actor) -> QuerySet[Person]:
    require(actor, "registry.read")
    found = Person.objects.visible_to(actor).filter(record__archived_at=None)
    return found.select_related("record__unit").order_by("record__unit__region__path", "record__unit__code", "pk")


def _serving(today: date) -> QuerySet[Post]:
    """Posts held by people who are still in the register."""
    return posts_held(today).filter(person__record__archived_at=None).select_related(None)


def _holding(today: date, roles: tuple[str, ...]) -> QuerySet[Post, Any]:
    return _serving(today).filter(unit=OuterRef("pk"), role__in=roles)
