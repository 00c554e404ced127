"""What an engine of siting is asked, whatever the aim: open sites so that the rows cost least together."""

from dataclasses import dataclass, field
from typing import Protocol

from .pairs import Flags, Numbers


@dataclass(frozen=True, slots=True)
class Terms:
    """`count`: so many new ones at most; `barred`: columns that may not open; `effort`: seconds, see Question."""

    count: int
    barred: frozenset[int] = frozenset()
    effort: float = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """`costs`: (demands, sites) for all people of a place, whole, infinite where that pair may not be.

    `penalty`: (demands,) when it is not served at all, whole; 0 for what does not count.
    """

    name: str
    costs: Numbers
    penalty: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """`open`: (sites,), what exists among them. `served`: (demands, sites) people, None: each goes to the nearest.

    `value`: infinite when no choice meets the needs; `bound`: no choice costs less.
    """

    open: Flags
    value: float
    bound: float
    served: Numbers | None = field(default=None)


class Engine(Protocol):
    def least(self, table: Table, terms: Terms, *, below: float, hint: Flags | None) -> Found:
        """Only values under `below` are looked for; when there are none, the value found is not under it, and the
        bound proves so. `hint`: open sites to begin with."""
