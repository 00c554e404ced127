"""People, the posts they hold, and who is on duty."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Person, Post, Record, Region, Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.access.rights import Role

from .regions import home_region, homes

DUTY_ROLES = (Role.DUTY_OFFICER, Role.DUTY_LEADER)


def posts_held(today: date) -> QuerySet[Post]:
    """Posts that somebody holds on this day. What a merge left with a row in the archive is nobody's post."""
    held = Q(until__isnull=True) | Q(until__gte=today)
    there = Q(person__record__archived_at=None, unit__record__archived_at=None)
    return Post.objects.filter(held, there, since__lte=today).select_related("unit__region", "unit__record", "person")


def posts_in(actor: Actor, unit: Unit) -> list[Post]:
    """Who holds which post there; only those whose person the actor may see. 1 query."""
    visible = Person.objects.visible_to(actor).values("pk")
    return list(posts_held(timezone.localdate()).filter(unit=unit, person__in=visible).order_by("role", "pk"))


def on_duty(unit: Unit, today: date) -> QuerySet[Post]:
    """Holders of the duty roles; the duty room will narrow this to the shift that runs."""
    return posts_held(today).filter(unit=unit, role__in=DUTY_ROLES).order_by("role", "pk")


def desk_now(today: date) -> tuple[Region | None, list[Post]]:
    """The home region, and who is on duty in its emergency office: what the shell shows. 1 query, 2 if nobody is."""
    desk = Q(unit__kind=UnitKind.EMERGENCY_OFFICE, unit__region__in=homes()[:1].values("pk"))
    found = list(posts_held(today).filter(desk, role__in=DUTY_ROLES).order_by("role", "pk")[:4])
    return (found[0].unit.region if found else home_region()), found


def demo_accounts() -> list[Post]:
    """Posts of the demo county whose holder may sign in; with person.account. 2 queries.

    Empty elsewhere, and as soon as one real record stands beside the demo: then nobody may take a role by a click.
    """
    if Record.objects.filter(demo=False).exists():
        return []
    found = posts_held(timezone.localdate()).filter(person__record__demo=True, person__account__is_active=True)
    return list(found.select_related("unit__region", "unit__record", "person__account").order_by("pk"))
