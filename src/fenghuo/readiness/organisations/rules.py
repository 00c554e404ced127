"""Which posts a unit of a kind needs, and which nobody should hold together: rules as data, with source and certainty.

No law names these posts one by one, so that every row shipped here is 本县设定. `part`: to what the post belongs,
the leading body (应急领导机构) or the office (办事机构). A county's file of the same columns replaces rows by their id
and adds others; a row of it without kinds takes a shipped one away.
"""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings

from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.access.rights import Role
from fenghuo.standards.sources import SOURCES

type Reader[R] = Callable[[Iterable[str]], tuple[R, ...]]

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
    return _with_own(_shipped(read_needed, "posts_needed.csv"), settings.OWN_POSTS_NEEDED, read_needed)


def apart() -> tuple[Apart, ...]:
    return _with_own(_shipped(read_apart, "posts_apart.csv"), settings.OWN_POSTS_APART, read_apart)


def own_flaws() -> list[str]:
    """What is wrong with the county's files, a sentence each: a file with a slip of the pen is not in force."""
    files: list[tuple[Path, Reader[Any]]] = [
        (settings.OWN_POSTS_NEEDED, read_needed),
        (settings.OWN_POSTS_APART, read_apart),
    ]
    return [f"{path.name}: {flaw}" for path, read in files if (flaw := _own(path, _changed(path), read)[1])]


def _with_own[R: Needed | Apart](shipped: tuple[R, ...], path: Path, read: Reader[R]) -> tuple[R, ...]:
    own = {rule.id: rule for rule in _own(path, _changed(path), read)[0]}
    kept = [own.pop(rule.id, rule) for rule in shipped]
    return (*kept, *own.values())


@cache
def _shipped[R](read: Reader[R], name: str) -> tuple[R, ...]:
    return read(files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines())


@lru_cache(maxsize=8)
def _own[R](path: Path, changed: int, read: Reader[R]) -> tuple[tuple[R, ...], str]:
    """The county's rows, or none and what is wrong with them. `changed`: so that they are read again after a change."""
    if not changed:
        return (), ""
    try:
        return read(path.read_text(encoding="utf-8-sig").splitlines()), ""
    except (OSError, ValueError) as error:
        return (), str(error)


def _changed(path: Path) -> int:
    """In nanoseconds; 0 where there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


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
