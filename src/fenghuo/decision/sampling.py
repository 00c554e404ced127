"""Whom a check visits: a draw that anybody can repeat by hand (docs/algorithms/plan-checks.md)."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """One of those from whom is drawn. `kind` and `town` make its stratum; `town` "" for what lies in none."""

    code: str
    kind: str
    town: str


@dataclass(frozen=True, slots=True)
class Stratum:
    """`size`: how many there are; `drawn`: their codes, in the order of the lot."""

    kind: str
    town: str
    size: int
    drawn: tuple[str, ...]


def written(population: Iterable[Listed]) -> str:
    """The list as it is frozen: code, kind, town, with a tab between and a line feed behind each, sorted by code.

    Raises: ValueError (a code twice; a tab or a line break in a word).
    """
    rows = sorted(population)
    if len({row.code for row in rows}) < len(rows):
        raise ValueError("a unit stands in the list twice")
    for row in rows:
        if any(sign in word for word in (row.code, row.kind, row.town) for sign in "\t\r\n"):
            raise ValueError(f"{row.code!r} cannot be written on one line")
    return "".join(f"{row.code}\t{row.kind}\t{row.town}\n" for row in rows)


def read(text: str) -> list[Listed]:
    """What `written` wrote."""
    return [Listed(*line.split("\t")) for line in text.split("\n") if line]


def digest(text: str) -> str:
    """SHA-256 of the frozen list in UTF-8, as 64 small hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def lot(seed: str, code: str) -> str:
    """SHA-256 of seed, colon and code in UTF-8; the smallest is drawn first."""
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def draw(population: Sequence[Listed], seed: str, wanted: Mapping[str, int]) -> list[Stratum]:
    """Of each kind, in each town, the first `wanted[kind]` by lot; all of them where there are fewer.

    Kinds that are not wanted are passed over. Strata by kind and town. Equal lots (which nobody has seen) go by code.
    """
    strata: dict[tuple[str, str], list[str]] = {}
    for row in population:
        if wanted.get(row.kind, 0) > 0:
            strata.setdefault((row.kind, row.town), []).append(row.code)
    return [
        Stratum(kind, town, len(codes), tuple(sorted(codes, key=lambda code: (lot(seed, code), code))[: wanted[kind]]))
        for (kind, town), codes in sorted(strata.items())
    ]
