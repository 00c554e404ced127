"""The parts of a clause: its own words, then one item for each deeper mark and each 一是, 二是."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from .annotations import Annotation
from .brackets import Pairs
from .dues import dated, find_dues
from .marks import INLINE, mark_at
from .quotas import find_quotas
from .sentences import sentences
from .units import subject_at

NO_HEADING = re.compile(r"[;]|(?:[^,]*,){3}|(?<![主重需紧首])要(?![求点素害务])|应当|必须")
ANY_YEAR = 2000  # only whether a day is named is asked
LONGEST_HEADING = 30  # characters


@dataclass(frozen=True, slots=True)
class Item:
    """`heading`: first and last place of its title, None without; `sentences`: those that are duties."""

    own: bool
    heading: tuple[int, int] | None
    sentences: tuple[tuple[int, int], ...]


def items_of(
    text: str, pairs: Pairs, stretches: list[tuple[int, int]], annotations: list[Annotation], *, marked: bool
) -> list[Item]:
    """The first is the clause's own part. `stretches`: its paragraphs without mark and rows.

    A clause that has no mark of its own (`marked`) has its title elsewhere, and each of its paragraphs is an item.
    """
    cuts = Pairs([one.start for one in annotations], [one.end for one in annotations])
    parts = [list(_free(part, cuts)) for part in _parts(text, stretches, marked=marked)]
    found = []
    for place, part in enumerate(parts):
        told = [one for start, end in part for one in sentences(text, pairs, start, end)]
        more = len(told) > 1 or (place == 0 and len(parts) > 1)
        titled = bool(told) and more and (marked or place > 0) and is_heading(text, *told[0])
        found.append(Item(place == 0 and marked, told[0] if titled else None, tuple(told[titled:])))
    return found


def _parts(text: str, stretches: list[tuple[int, int]], *, marked: bool) -> list[list[tuple[int, int]]]:
    """Stretches by item, the marks taken off."""
    parts: list[list[tuple[int, int]]] = [[]]
    for place, (start, end) in enumerate(stretches):
        mark = mark_at(text, start) if place else None
        if mark or not marked:
            parts.append([])
            start = mark.end if mark else start
        for inline in INLINE.finditer(text, start, end):
            if text[start : inline.start()].strip():
                parts[-1].append((start, inline.start()))
            if parts[-1] or len(parts) == 1:
                parts.append([])
            start = inline.end()
        if start < end:
            parts[-1].append((start, end))
    return parts


def _free(part: list[tuple[int, int]], cuts: Pairs) -> Iterator[tuple[int, int]]:
    """What of the stretches is no annotation."""
    for start, end in part:
        for first in cuts.starts[bisect_left(cuts.starts, start) : bisect_left(cuts.starts, end)]:
            if start < first:
                yield start, first
            start = max(start, cuts.closing(first) or first)
        if start < end:
            yield start, end


def is_heading(text: str, start: int, end: int) -> bool:
    """A short name of what follows: no unit that must, no day, no number."""
    if end - start > LONGEST_HEADING or NO_HEADING.search(text, start, end):
        return False
    units, proven = subject_at(text, start, end)
    if units and (proven or text[units[-1].end : units[-1].end + 1] != "的"):
        return False
    return not any(dated(find_dues(text, ANY_YEAR, start, end))) and not find_quotas(text, [], start, end)
