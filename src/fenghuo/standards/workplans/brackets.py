"""Where brackets and quotation marks close; one that does not close near by is an ordinary character."""

import re

SIGNS = re.compile(r"[()“”\n]")
FARTHEST = 400  # characters between a bracket and its other half


def pairs_of(text: str) -> dict[int, int]:
    """From the place of each outermost ( or “ to that of its other half."""
    pairs: dict[int, int] = {}
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
                pairs[first] = place
    return _outermost(pairs)


def _outermost(pairs: dict[int, int]) -> dict[int, int]:
    outer: dict[int, int] = {}
    last = -1
    for first in sorted(pairs):
        if first > last:
            outer[first] = last = pairs[first]
    return outer
