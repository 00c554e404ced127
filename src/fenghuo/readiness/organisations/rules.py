"""Which posts a unit of a kind needs, and which nobody should hold together: rules as data, with source and certainty.

No law names these posts one by one, so that every row shipped here is 本县设定. `part`: to what the post belongs,
the leading body (应急领导机构) or the office (办事机构). A county's file of the same columns replaces rows by their id
and adds others; a row of it without kinds takes a shipped one away.
"""

from dataclasses import dataclass

from django.conf import settings

from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.access.rights import Role
from fenghuo.standards.tables import Table, require_basis, require_one_of

PARTS = {
    "leading": (Role.HEAD, Role.COMMANDER, Role.DUTY_LEADER),
    "office": (Role.DUTY_OFFICER, Role.CLERK),
}


@dataclass(frozen=True, slots=True)
class Needed:
    """A unit of one of `kinds` has somebody in one of `roles`."""

    id: str
    kinds: tuple[str, ...]
    roles: tuple[str, ...]
    part: str
    source: str
    certainty: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Apart:
    """Nobody holds both, in whatever units."""

    id: str
    one: str
    other: str
    source: str
    certainty: str
    zh: str
    en: str


ORDER = (*PARTS["leading"], *PARTS["office"], Role.MEMBER, Role.ADMINISTRATOR, Role.OBSERVER, Role.AUDITOR)


def rank(role: str) -> int:
    """Who stands first in a unit's list: those who lead, then the office, then everybody else."""
    return ORDER.index(Role(role)) if role in ORDER else len(ORDER)


def part_of(role: str) -> str:
    """leading, office, or "" for what belongs to neither."""
    return next((part for part, roles in PARTS.items() if role in roles), "")


def needed() -> tuple[Needed, ...]:
    return tuple(NEEDED.with_own(settings.OWN_POSTS_NEEDED).values())


def apart() -> tuple[Apart, ...]:
    return tuple(APART.with_own(settings.OWN_POSTS_APART).values())


def own_flaws() -> list[str]:
    """What is wrong with the county's files, a sentence each."""
    return [*NEEDED.flaws(settings.OWN_POSTS_NEEDED), *APART.flaws(settings.OWN_POSTS_APART)]


def _needed(row: dict[str, str]) -> Needed:
    kinds, roles = tuple(row["kinds"].split()), tuple(row["roles"].split())
    for kind in kinds:
        require_one_of("kinds", kind, UnitKind.values)
    for role in roles:
        require_one_of("roles", role, Role.values)
    require_one_of("part", row["part"], PARTS)
    require_basis(row)
    return Needed(row["id"], kinds, roles, row["part"], *(row[name] for name in BASIS))


def _apart(row: dict[str, str]) -> Apart:
    for name in ("one", "other"):
        require_one_of(name, row[name], Role.values)
    require_basis(row)
    return Apart(row["id"], row["one"], row["other"], *(row[name] for name in BASIS))


BASIS = ("source", "certainty", "zh", "en")
NEEDED = Table("posts_needed", ("id", "kinds", "roles", "part", *BASIS), _needed, __package__)
APART = Table("posts_apart", ("id", "one", "other", *BASIS), _apart, __package__)
