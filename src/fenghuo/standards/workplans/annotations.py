"""Who leads and by when, written behind a duty: (责任单位:县应急局;完成时限:6月底前), (县水利局牵头,各镇街配合)."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from .answers import Due, UnitWords
from .brackets import Pairs
from .dues import dated, find_dues
from .rules import one_of
from .units import is_unit, listed

ROLES = ("lead", "responsible", "supporting", "due", "aside", "goal")
HEAD = re.compile("(?:" + "|".join(f"(?P<{role}>{one_of(f'role_{role}')})" for role in ROLES) + r"):")
# Unbracketed it stands at the beginning of a line or a sentence.
BARE_HEAD = one_of("role_lead", "role_responsible", "role_supporting", "role_due", "role_aside")
BARE = re.compile(rf"(?:^|(?<=[。;])){BARE_HEAD}:[^\n。]*。?", re.MULTILINE)
LEADS = r"(?P<lead>牵头(?:负责)?|主办|承办)"
HELPS = r"(?P<supporting>配合|参与|协助|协办|按职责分工负责|分工负责)"
ACTING = re.compile(rf"(?P<units>[^,;]{{2,80}}?)(?:{LEADS}|{HELPS}|(?P<responsible>(?:分别)?负责|落实))")


@dataclass(frozen=True, slots=True)
class Annotation:
    start: int
    end: int
    lead: tuple[UnitWords, ...]
    supporting: tuple[UnitWords, ...]
    dues: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    role: str
    start: int
    end: int


def find_annotations(text: str, pairs: Pairs, year: int | None, start: int, end: int) -> list[Annotation]:
    """By place, none within another."""
    found = []
    for first, last in _stretches(text, pairs, start, end):
        if pieces := list(_pieces(text, first, last)):
            found.append(_annotation(text, first, last, pieces, year))
    return found


def _stretches(text: str, pairs: Pairs, start: int, end: int) -> list[tuple[int, int]]:
    """Brackets, and bare lines that neither lie in one nor hold one."""
    bracketed = [(first, last + 1) for first, last in pairs.within(start, end) if text[first] == "("]
    starts = [first for first, _last in bracketed]
    found: list[tuple[int, int]] = []
    for match in BARE.finditer(text, start, end):
        before = bisect_left(starts, match.start()) - 1
        if before < 0 or bracketed[before][1] <= match.start():
            found.append(match.span())
    bare = [first for first, _last in found]
    for one in bracketed:
        before = bisect_left(bare, one[0]) - 1
        if before < 0 or found[before][1] <= one[0]:
            found.append(one)
    return sorted(found)


def _pieces(text: str, start: int, end: int) -> Iterator[_Piece]:
    inner, outer = (start + 1, end - 1) if text[start] == "(" else (start, end)
    heads = list(HEAD.finditer(text, inner, outer))
    if heads and heads[0].start() == inner:
        for place, head in enumerate(heads):
            role = next(name for name, words in head.groupdict().items() if words is not None)
            yield _Piece(role, head.end(), heads[place + 1].start() if place + 1 < len(heads) else outer)
        return
    acting = list(ACTING.finditer(text, inner, outer))
    if acting and acting[0].start() == inner and any(match["lead"] or match["responsible"] for match in acting):
        if not any(unit.certain for match in acting for unit in listed(text, *match.span("units"))):
            return  # (以块为主负责)
        for match in acting:
            role = next(name for name in ("lead", "supporting", "responsible") if match[name])
            yield _Piece(role, *match.span("units"))
        return
    # (县应急局、各镇街), behind a full stop only: within a sentence it may explain a word.
    if (
        inner
        and text[inner - 2 : inner - 1] in ("。", ";")
        and all(map(is_unit, re.split("[、,;]", text[inner:outer])))
    ):
        yield _Piece("responsible", inner, outer)


def _annotation(text: str, start: int, end: int, pieces: list[_Piece], year: int | None) -> Annotation:
    """“责任单位” leads where nobody else is named to lead; beside “牵头单位” it takes part."""
    units: dict[str, list[UnitWords]] = {"lead": [], "responsible": [], "supporting": []}
    dues: list[Due] = []
    for piece in pieces:
        if piece.role in units:
            units[piece.role] += listed(text, piece.start, piece.end)
        elif piece.role == "due":
            dues += dated(find_dues(text, year, piece.start, piece.end))
    lead = units["lead"] or units["responsible"]
    behind = [*(units["responsible"] if units["lead"] else []), *units["supporting"]]
    return Annotation(start, end, tuple(lead), tuple(behind), tuple(dues))
