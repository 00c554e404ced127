"""Which rows look like the same person or the same unit, and why. Pure: rows in, pairs out.

Growth is that of sorting: rows are put together by what they share; of a thing that very many share (a switchboard's
number, a name like 王伟 in a large unit) each is paired with its neighbour only.
"""

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

SHARED_MOST = 6  # so many who share one thing are compared with each other: at most 15 pairs

_GONE = re.compile(r"[\s()\[\]{}<>【】〔〕〈〉《》「」“”\"'·•・.．,，、_-]+")
_ENDINGS = (
    ("街道办事处", "街道"),
    ("街道办", "街道"),
    ("镇人民政府", "镇"),
    ("镇政府", "镇"),
    ("乡人民政府", "乡"),
    ("乡政府", "乡"),
    ("村村民委员会", "村"),
    ("村民委员会", "村"),
    ("村村委会", "村"),
    ("村委会", "村"),
    ("社区居民委员会", "社区"),
    ("社区居委会", "社区"),
    ("居民委员会", "社区"),
    ("居委会", "社区"),
    ("有限责任公司", "公司"),
    ("有限公司", "公司"),
)
_SHORTER = re.compile(r"^(.{2,}?)(?:省|市|县|区|街道|镇|乡)$")


@dataclass(frozen=True, slots=True)
class PersonRow:
    key: int
    name: str
    mobile: str
    unit: int
    region: str  # the path of the unit's region


@dataclass(frozen=True, slots=True)
class UnitRow:
    """`places`: the names of its region and of those above, which people write before a name or leave out."""

    key: int
    name: str
    kind: str
    code: str
    phone: str
    region: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """`one` < `other`; the reasons are slugs, the strongest first."""

    one: int
    other: int
    reasons: tuple[str, ...]


def likely_people(rows: Iterable[PersonRow]) -> list[Pair]:
    """Same mobile; same name in one unit; same name in units of one place (one region, or one inside the other)."""
    rows = list(rows)
    reasons: dict[tuple[int, int], list[str]] = {}
    for one, other in _sharing(rows, lambda row: _digits(row.mobile)):
        _say(reasons, one.key, other.key, "mobile")
    for one, other in _sharing(rows, lambda row: _person_name(row.name)):
        if one.unit == other.unit:
            _say(reasons, one.key, other.key, "name_in_unit")
        elif _one_place(one.region, other.region):
            _say(reasons, one.key, other.key, "name_in_place")
    return _pairs(reasons)


def likely_units(rows: Iterable[UnitRow]) -> list[Pair]:
    """Same code but for its writing; same plain name in one place; same telephone and kind in one place."""
    rows = list(rows)
    reasons: dict[tuple[int, int], list[str]] = {}
    for one, other in _sharing(rows, lambda row: _GONE.sub("", _same_width(row.code)).upper()):
        _say(reasons, one.key, other.key, "code")
    for one, other in _sharing(rows, lambda row: plain_unit_name(row.name, row.places)):
        if _one_place(one.region, other.region):
            _say(reasons, one.key, other.key, "unit_name")
    for one, other in _sharing(rows, lambda row: (row.kind, digits) if (digits := _digits(row.phone)) else ""):
        if _one_place(one.region, other.region):
            _say(reasons, one.key, other.key, "phone")
    return _pairs(reasons)


def plain_unit_name(name: str, places: Iterable[str] = ()) -> str:
    """草堂街道 for 鄠邑区草堂街道办事处 and （草堂）街道办: no brackets, no `places` in front, if something is left."""
    text = _GONE.sub("", _same_width(name))
    for ending, short in _ENDINGS:
        if text.endswith(ending) and len(text) > len(ending):
            stem = text.removesuffix(ending)
            text = stem if stem.endswith(short) else stem + short
            break
    for place in _written(places):
        if text.startswith(place) and len(text) >= len(place) + 2:
            text = text.removeprefix(place)
    return text


def _written(places: Iterable[str]) -> list[str]:
    """As people write them: 鄠邑区 and 鄠邑, the longest first; a village's committee under its spoken name."""
    whole = {plain_unit_name(place) for place in places}
    short = {match[1] for place in whole if (match := _SHORTER.fullmatch(place))}
    return sorted(whole | short, key=lambda place: (-len(place), place))


def _same_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _person_name(name: str) -> str:
    return _GONE.sub("", _same_width(name)).casefold()


def _digits(text: str) -> str:
    found = re.sub(r"\D", "", _same_width(text))
    return found.removeprefix("86") if len(found) > 11 else found


def _one_place(one: str, other: str) -> bool:
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _sharing[R: (PersonRow, UnitRow)](rows: Iterable[R], shared: Callable[[R], Hashable]) -> Iterator[tuple[R, R]]:
    groups: dict[Hashable, list[R]] = {}
    for row in rows:
        if what := shared(row):
            groups.setdefault(what, []).append(row)
    for group in groups.values():
        group.sort(key=lambda row: (row.region, row.key))
        yield from combinations(group, 2) if len(group) <= SHARED_MOST else pairwise(group)


def _say(reasons: dict[tuple[int, int], list[str]], one: int, other: int, why: str) -> None:
    reasons.setdefault((min(one, other), max(one, other)), []).append(why)


def _pairs(reasons: dict[tuple[int, int], list[str]]) -> list[Pair]:
    """Those with the most reasons first; equals in the order in which they were entered."""
    found = [Pair(one, other, tuple(why)) for (one, other), why in reasons.items()]
    return sorted(found, key=lambda pair: (-len(pair.reasons), pair.one, pair.other))
