"""Units by how much they have reached of what they owe. Pure: no clock, no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor


@dataclass(frozen=True, slots=True)
class Share:
    """One target that a unit owes and that is measured: `value` of `needed` pieces, counting `weight` times."""

    weight: int
    value: int
    needed: int

    @property
    def part(self) -> Fraction:
        """From 0 to 1: more than is needed counts for no more."""
        return Fraction(1) if self.needed <= 0 else min(Fraction(1), Fraction(max(self.value, 0), self.needed))


@dataclass(frozen=True, slots=True)
class Ranked:
    """`rank`, `score`: None where nothing that is owed is measured. `score`: of 100, two places, rounded down."""

    key: str
    rank: int | None
    score: Decimal | None


def score_of(shares: Iterable[Share]) -> Decimal | None:
    """100 × Σ weight × min(1, value/needed) / Σ weight. Rounded down, so that 100 is said of what is whole only."""
    known = list(shares)
    whole = sum(share.weight for share in known)
    if not whole:
        return None
    exact = sum((share.weight * share.part for share in known), Fraction(0)) * 100 / whole
    return Decimal(floor(exact * 100)).scaleb(-2)


def ranked(owed: Iterable[tuple[str, Sequence[Share]]]) -> list[Ranked]:
    """The best first, those of one score by key, those without a score behind. `owed`: (key, shares) of each unit.

    One score, as it is printed, is one rank; the next rank counts all who stand before: 1, 1, 3.
    """
    scores = sorted(((key, score_of(shares)) for key, shares in owed), key=_place)
    reached = [score for _key, score in scores if score is not None]
    return [Ranked(key, reached.index(score) + 1 if score is not None else None, score) for key, score in scores]


def _place(one: tuple[str, Decimal | None]) -> tuple[bool, Decimal, str]:
    key, score = one
    return score is None, -(score or Decimal(0)), key
