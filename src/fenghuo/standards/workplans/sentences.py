"""Cutting a clause into its duties: sentences, and in them wherever a comma brings a new subject with its own duty."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .answers import UnitWords
from .brackets import Pairs
from .rules import one_of
from .units import subject_at

STOP = re.compile(r"[。;!?\n(“]")
COMMA = re.compile(r"[,(“]")
ACTS = re.compile(rf"(?!的|备案){one_of('weak', 'after_subject')}")
SPACE = frozenset(" \t\n,。;、!?:")


@dataclass(frozen=True, slots=True)
class Duty:
    """start to end within the even text; `subject` is empty where nobody is named."""

    start: int
    end: int
    subject: tuple[UnitWords, ...] = ()


def sentences(text: str, pairs: Pairs, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Each with the sign that ends it; what stands in brackets or quotation marks ends none."""
    first = place = start
    while place < end:
        stop = STOP.search(text, place, end)
        if not stop:
            break
        if stop[0] in "(“":
            place = min((pairs.closing(stop.start()) or stop.start()) + 1, end)
            continue
        yield from _trimmed(text, first, stop.start() + (stop[0] != "\n"))
        first = place = stop.end()
    yield from _trimmed(text, first, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start] in SPACE:
        start += 1
    while end > start and text[end - 1] in " \t\n":
        end -= 1
    if start < end:
        yield start, end


def duties(text: str, pairs: Pairs, start: int, end: int) -> list[Duty]:
    """The duties of one sentence, at least one."""
    found: list[Duty] = []
    first = start
    subject: tuple[UnitWords, ...] = ()
    for place in _parts(text, pairs, start, end):
        units, proven = subject_at(text, place, end)
        if not units or (subject and units[0].start == subject[0].start):
            continue
        # 各村委会的应急预案: what belongs to a unit tells whose duty it is at the beginning of a sentence only.
        if not proven and (subject or (place != start and not ACTS.match(text, units[-1].end, end))):
            continue
        if subject and proven:
            found.append(Duty(first, place, subject))
            first = place
        subject = tuple(units if proven else (replace(unit, certain=False) for unit in units))
    return [*found, Duty(first, end, subject)]


def _parts(text: str, pairs: Pairs, start: int, end: int) -> Iterator[int]:
    """Where each stretch between commas begins."""
    yield start
    place = start
    while place < end:
        sign = COMMA.search(text, place, end)
        if not sign:
            return
        if sign[0] == ",":
            yield sign.end()
            place = sign.end()
        else:
            place = (pairs.closing(sign.start()) or sign.start()) + 1
