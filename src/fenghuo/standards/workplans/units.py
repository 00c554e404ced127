"""The names of units in a sentence: whose duty it is, who takes part, to whom it is reported."""

import re
from collections.abc import Iterator

from .answers import UnitKind, UnitWords
from .dues import due_at
from .rules import one_of

HAN = r"[\u4e00-\u9fa5]"
GENERAL = (
    UnitKind.TOWNSHIPS,
    UnitKind.SUPERIORS,
    UnitKind.ALL,
    UnitKind.COMMITTEES,
    UnitKind.ENTERPRISES,
    UnitKind.SCHOOLS,
    UnitKind.COMMANDS,
    UnitKind.DEPARTMENTS,
)
OWN = rf"(?:(?!{one_of('inside')}){HAN})"
DAY = r"\d|[上下]半年|[上下]学期|[一二三四五六七八九十]{1,2}月|第[一二三四]季度|汛|年[内底末]|全年"
SIGN = r"[、,;。:)\s”]|\((?!社区|街道|镇|居)|和|及|与|以及|$"
BEHIND = rf"(?!组织部)(?={SIGN}|{one_of('strong', 'weak', 'after_subject')}|{DAY})"
NAME = re.compile(
    "(?:"
    + "|".join(f"(?P<{kind}>{one_of(kind)})" for kind in GENERAL)
    + rf"|(?P<named>{OWN}{{1,18}}?{one_of('suffix')}(?:\([^()]{{1,12}}\))?)"
    + f"){BEHIND}"
)
ITEM = rf"{OWN}{{2,14}}?"
SERIES = re.compile(
    rf"(?P<items>(?:{ITEM}、){{1,15}}{ITEM}(?:[和及]{ITEM})?)(?:等{HAN}{{0,4}}?(?:部门|单位|组织|团体|企业)|部门){BEHIND}"
)
AND = re.compile(r"、|以及|和|及|与")
OTHERS = re.compile(r"等(?:相关|有关)?(?:部门|单位)?(?:的)?")
TAIL = re.compile(
    r"(?<=.)(?:等(?:相关|有关)?(?:部门|单位)?)?(?:按职责分工)?(?:分别)?(?:牵头|负责|配合|参与|协助|协办)?[。.]?$"
)
INSIDE = re.compile(one_of("inside"))
NO_UNIT = re.compile(one_of("no_unit"))
KINDS = {kind: re.compile(one_of(kind)) for kind in GENERAL}
SUFFIX = re.compile(rf"{HAN}*{one_of('suffix')}(?:\([^()]{{1,12}}\))?")
CONNECTOR = re.compile(rf"(?:{one_of('connector')})(?:,|(?={HAN}))|[一二三四五六七八九十]{{1,2}}是|[,”“]")
STRONG = re.compile(rf"(?:{one_of('strong')})|{DAY}")
LONGEST_GUESS = 12  # characters of what stands where a unit should, and does not end like one
MOST = 20  # units in one list


def units_at(text: str, place: int, end: int) -> tuple[list[UnitWords], int]:
    """The list of units that begins here, and where it ends; an empty list where none does."""
    first = place
    found: list[UnitWords] = []
    while len(found) < MOST and (match := NAME.match(text, place, end)):
        kind = next(name for name, words in match.groupdict().items() if words is not None)
        if kind == UnitKind.NAMED and NO_UNIT.fullmatch(match[0]):
            break
        found.append(UnitWords(match[0], match.start(), match.end(), UnitKind(kind)))
        place = match.end()
        between = AND.match(text, place, end)
        if not between or not NAME.match(text, between.end(), end):
            break
        place = between.end()
    # 县公安、安监等部门: what has no ending of its own is a unit by the word behind the list.
    if (not found or text[place : place + 1] == "、") and (series := SERIES.match(text, first, end)):
        return list(_items(text, series.start("items"), series.end("items"))), series.end()
    if found and (others := OTHERS.match(text, place, end)):
        place = others.end()
    return found, place


def _items(text: str, start: int, end: int) -> Iterator[UnitWords]:
    """县公安、安监、国土 of “…等部门”: short for departments."""
    for part in re.finditer(r"[^、]+", text[start:end]):
        joint = re.search(r"[和及]", part[0])
        if joint and part.end() == end - start:
            yield _unit(text, start + part.start(), start + part.start() + joint.start())
            yield _unit(text, start + part.start() + joint.end(), start + part.end())
        else:
            yield _unit(text, start + part.start(), start + part.end())


def _unit(text: str, start: int, end: int, certain: bool = True) -> UnitWords:
    words = text[start:end]
    kind = next((kind for kind in GENERAL if KINDS[kind].fullmatch(words)), UnitKind.NAMED)
    return UnitWords(words, start, end, kind, certain)


def subject_at(text: str, place: int, end: int) -> tuple[list[UnitWords], bool]:
    """Whose duty this comma part tells, and whether a word behind proves it. Days and 同时 may stand before."""
    while place < end:
        if connector := CONNECTOR.match(text, place, end):
            place = connector.end()
        elif (after := due_at(text, place)) > place:
            place = after
        else:
            break
    found, behind = units_at(text, place, end)
    return found, bool(found) and STRONG.match(text, behind, end) is not None


def listed(text: str, start: int, end: int) -> list[UnitWords]:
    """The units of a cell or of “责任单位:…”, where whatever stands is meant as one."""
    found = []
    for part in re.finditer(r"(?:[^、,;/\s()]|\([^()]*\)|[()])+", text[start:end]):
        found += list(_halves(text, start + part.start(), start + part.end()))
        if len(found) >= MOST:
            break
    return found


def _halves(text: str, start: int, end: int) -> Iterator[UnitWords]:
    words = text[start:end]
    if cut := TAIL.search(words):
        end, words = start + cut.start(), words[: cut.start()]
    for joint in re.finditer(r"以及|和|及|与", words):
        if is_unit(words[: joint.start()]) and is_unit(words[joint.end() :]):
            yield _unit(text, start, start + joint.start())
            yield _unit(text, start + joint.end(), end)
            return
    sure = is_unit(words)
    if sure or (2 <= len(words) <= LONGEST_GUESS and re.search(HAN, words) and not INSIDE.search(words)):
        yield _unit(text, start, end, certain=sure)


def is_unit(words: str) -> bool:
    """Whether these words end like the name of a unit, or are a word for many."""
    if len(words) > 30:
        return False
    if any(pattern.fullmatch(words) for pattern in KINDS.values()):
        return True
    return SUFFIX.fullmatch(words) is not None and not NO_UNIT.fullmatch(words)
