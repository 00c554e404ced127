"""Where brackets and quotation marks close; one that does not close near by is an ordinary character."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

SIGNS = re.compile(r"[()“”\n]")
FARTHEST = 400  # characters between a bracket and its other half


@dataclass(frozen=True, slots=True)
class Pairs:
    """The outermost ( and “ by place, and where each closes."""

    starts: list[int]
    ends: list[int]

    def closing(self, place: int) -> int | None:
        """Where the bracket at `place` closes; None where it does not."""
        index = bisect_left(self.starts, place)
        return self.ends[index] if index < len(self.starts) and self.starts[index] == place else None

    def within(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """(first, last), the signs themselves, of those that lie between."""
        for index in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            if self.ends[index] < end:
                yield self.starts[index], self.ends[index]


def pairs_of(text: str) -> Pairs:
    found: dict[int, int] = {}
    open_at: list[int] = []
    for match in SIGNS.finditer(text):
        sign, place = match[0], match.start()
        if sign == "\n":
            open_at.clear()
        elif sign in "(“":
            open_at.append(place)
        else:
            wanted = "(" if sign == ")" else "“"
            # A stray “ between brackets is passed over; what never closes does not hide what does.
            while open_at and text[open_at[-1]] != wanted:
                open_at.pop()
            if open_at and place - (first := open_at.pop()) <= FARTHEST:
                found[first] = place
    return _outermost(found)


def _outermost(found: dict[int, int]) -> Pairs:
    starts: list[int] = []
    ends: list[int] = []
    for first in sorted(found):
        if not ends or first > ends[-1]:
            starts.append(first)
            ends.append(found[first])
    return Pairs(starts, ends)
