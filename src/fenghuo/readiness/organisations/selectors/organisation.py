"""One unit's emergency organisation: leading body, office, who stands in for whom, and what is vacant."""

from dataclasses import dataclass, field

from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import sees
from fenghuo.kernel.access.models import Person, Post, Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.registry.selectors import posts_held

from ..models import StandIn
from ..rules import Needed, part_of, rank
from .gaps import lacking

ABOVE = (UnitKind.COMMAND_BODY, UnitKind.EMERGENCY_OFFICE)


@dataclass(frozen=True, slots=True)
class Held:
    """A post with those who stand in for its holder, as (key of the relation, their post)."""

    post: Post
    deputies: list[tuple[int, Post]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Organisation:
    """`above`: the command bodies and emergency offices of its place and of those above, nearest first."""

    leading: list[Held]
    office: list[Held]
    others: list[Held]
    vacant: list[Needed]
    above: list[Unit]

    def lacks(self, part: str) -> list[Needed]:
        return [rule for rule in self.vacant if rule.part == part]


def organisation_of(unit: Unit, actor: Actor) -> Organisation | None:
    """None for whoever may not see what the unit holds. 5 queries."""
    if not sees(actor, unit):
        return None
    visible = Person.objects.visible_to(actor).filter(record__archived_at=None).values("pk")
    found = posts_held(timezone.localdate()).filter(unit=unit, person__in=visible).order_by("pk")
    posts = sorted(found, key=lambda post: rank(post.role))
    held = {post.pk: Held(post) for post in posts}
    for pk, post, deputy in StandIn.objects.filter(post__in=posts).order_by("pk").values_list("pk", "post", "deputy"):
        if deputy in held:  # a deputy whose own post has ended stands in no more
            held[post].deputies.append((pk, held[deputy].post))
    parts: dict[str, list[Held]] = {"leading": [], "office": [], "": []}
    for one in held.values():
        parts[part_of(one.post.role)].append(one)
    path = unit.region.path
    above = Unit.objects.filter(
        kind__in=ABOVE, valid_to=None, region__path__in=[path[:end] for end in range(4, len(path) + 1, 4)]
    ).exclude(pk=unit.pk)
    return Organisation(
        leading=parts["leading"],
        office=parts["office"],
        others=parts[""],
        vacant=lacking([unit])[unit.pk],
        above=list(above.order_by("-region__path", "kind", "code")),
    )
