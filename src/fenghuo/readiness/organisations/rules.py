"""Which posts a unit of a kind needs, and which nobody should hold together: rules as data, with source and certainty.

No law names these posts one by one, so that every row shipped here is 本县设定. `part`: to what the post belongs,
the leading body (应急领导机构) or the office (办事机构).
"""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.access.rights import Role
from fenghuo.standards.sources import SOURCES

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


@cache
def needed() -> tuple[Needed, ...]:
    return read_needed(_lines("posts_needed.csv"))


@cache
def apart() -> tuple[Apart, ...]:
    return read_apart(_lines("posts_apart.csv"))


def read_needed(lines: Iterable[str]) -> tuple[Needed, ...]:
    """Raises: ValueError naming line, value and what is allowed."""

    def row(said: dict[str, str]) -> Needed:
        kinds, roles = tuple(said["kinds"].split()), tuple(said["roles"].split())
        _known("kinds", kinds, UnitKind.values)
        _known("roles", roles, Role.values)
        _known("part", (said["part"],), list(PARTS))
        return Needed(said["id"], kinds, roles, said["part"], *_basis(said))

    return tuple(_read(lines, row))


def read_apart(lines: Iterable[str]) -> tuple[Apart, ...]:
    """Raises: ValueError naming line, value and what is allowed."""

    def row(said: dict[str, str]) -> Apart:
        _known("one, other", (said["one"], said["other"]), Role.values)
        return Apart(said["id"], said["one"], said["other"], *_basis(said))

    return tuple(_read(lines, row))


def _basis(said: dict[str, str]) -> tuple[str, str, str, str]:
    _known("source", (said["source"],), list(SOURCES))
    if said["source"] == "COUNTY" and said["certainty"] != "?":
        raise ValueError("what a county sets itself is not law: its certainty is ?")
    return said["source"], said["certainty"], said["zh"], said["en"]


def _known(column: str, values: Iterable[str], allowed: list[str]) -> None:
    if unknown := [value for value in values if value not in allowed]:
        raise ValueError(f"{column}: unknown {', '.join(unknown)}; allowed are {', '.join(allowed)}")


def _read[R](lines: Iterable[str], row: Callable[[dict[str, str]], R]) -> Iterable[R]:
    for place, said in enumerate(csv.DictReader(lines), 2):
        try:
            yield row({name: (value or "").strip() for name, value in said.items()})
        except (ValueError, KeyError) as error:
            raise ValueError(f"line {place} ({said.get('id') or 'no id'}): {error}") from error


def _lines(name: str) -> list[str]:
    return files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
