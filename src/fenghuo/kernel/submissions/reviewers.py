"""Whose step it is: by role in the receiving unit, so that nobody who left his post holds up a paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Post, Unit
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.registry.selectors import posts_held


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Of one role. `instead`: nobody holds it now, so the head of the unit does it; "anyone" when there is none."""

    role: str
    holders: tuple[Post, ...]
    instead: str = ""

    def may(self, by: Actor) -> bool:
        if by.is_system or self.instead == "anyone":
            return True
        return (self.instead or self.role) in by.roles


def reviewers(unit: Unit, roles: Iterable[str], day: date) -> dict[str, Reviewer]:
    """Who stands behind each of these roles there on this day. 1 query."""
    wanted = list(dict.fromkeys(roles))
    if not wanted:
        return {}
    held: dict[str, list[Post]] = {}
    for post in posts_held(day).filter(unit=unit, role__in=[*wanted, Role.HEAD]).order_by("pk"):
        held.setdefault(post.role, []).append(post)
    heads = tuple(held.get(Role.HEAD, ()))
    found = {}
    for role in wanted:
        if role in held:
            found[role] = Reviewer(role, tuple(held[role]))
        else:
            found[role] = Reviewer(role, heads, Role.HEAD if heads else "anyone")
    return found
