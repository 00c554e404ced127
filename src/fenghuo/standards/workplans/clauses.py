"""One clause: its title, its duties, and who, by when and how many of each. Places are those of the even text."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from .annotations import Annotation, find_annotations
from .answers import DraftTarget, Due, DueKind, Quota, UnitWords
from .brackets import Pairs
from .dues import find_dues
from .items import Item, items_of
from .outline import Section
from .quotas import find_quotas
from .roles import others_in
from .sentences import Duty, duties
from .tables import Row, rows_of

HAN = re.compile(r"[\u4e00-\u9fa5]")
TITLED = re.compile(r"《[^《》\n]{1,80}》")
ENDINGS = "。:;：；"
FEWEST = 4  # Chinese characters of a duty
LONGEST_TITLE = 40
QUOTED = 20  # characters of a slogan within quotation marks, whose numbers promise nothing: “申报一批,储备一批”


@dataclass(frozen=True, slots=True)
class Reading:
    """The even text, the same characters as they were written, where brackets close, and the plan's year."""

    text: str
    shown: str
    pairs: Pairs
    year: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """A clause's title and targets."""

    title: str
    targets: tuple[DraftTarget, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """`own`: it names its own subject; `item`: in which item of the clause."""

    target: DraftTarget
    own: bool
    item: int


def read_section(reading: Reading, section: Section, title: str = "") -> Told:
    """`title`: of the chapter, for a clause that has no mark of its own."""
    text = reading.text
    start = section.mark.end if section.mark else section.start
    annotations = find_annotations(text, reading.pairs, reading.year, start, section.end)
    items = items_of(
        text, reading.pairs, _stretches(text, section, start), annotations, marked=section.mark is not None
    )
    if section.mark and not title:
        title = _title(reading, items)
    targets = list(_annotated(list(_targets(reading, items)), annotations))
    if section.mark:
        targets += [target_of(reading, row) for row in rows_of(text, section.rows)]
    return Told(title, tuple(targets))


def target_of(reading: Reading, row: Row) -> DraftTarget:
    dues = [due for start, end in row.read for due in _dues(reading, start, end)]
    quotas = [quota for start, end in row.read for quota in _quotas(reading, start, end, dues)]
    words = reading.text[row.start : row.end]
    return DraftTarget(
        words,
        row.start,
        row.end,
        lead=row.lead,
        supporting=row.supporting,
        dues=tuple(dues),
        quotas=tuple(quotas),
    )


def _stretches(text: str, section: Section, start: int) -> list[tuple[int, int]]:
    """Its paragraphs without the rows of tables."""
    rows = dict(section.rows)
    found = []
    while start < section.end:
        end = text.find("\n", start, section.end)
        end = section.end if end < 0 else end
        if start not in rows and start < end:
            found.append((start, end))
        start = end + 1
    return found


def _title(reading: Reading, items: list[Item]) -> str:
    """Its heading, or the first words up to a comma."""
    first = items[0]
    if first.heading:
        start, end = first.heading
        return reading.shown[start:end].rstrip(ENDINGS)
    start, end = next((one for item in items for one in item.sentences), (0, 0))
    return first_words(reading, start, end)


def first_words(reading: Reading, start: int, end: int) -> str:
    """Up to the first sign, as they were written."""
    words = re.split("[,。;:!?\n\t]", reading.text[start:end], maxsplit=1)[0][:LONGEST_TITLE]
    return reading.shown[start : start + len(words)]


def _targets(reading: Reading, items: list[Item]) -> Iterator[_Said]:
    """One that names nobody goes on with the subject of the sentence before."""
    of_clause: tuple[UnitWords, ...] = ()
    for number, item in enumerate(items):
        going_on = of_clause
        heading = reading.shown[slice(*item.heading)].rstrip(ENDINGS) if item.heading and not item.own else ""
        for start, end in item.sentences:
            for duty in duties(reading.text, reading.pairs, start, end):
                going_on = duty.subject or going_on
                if item.own:
                    of_clause = going_on
                if len(HAN.findall(reading.text, duty.start, duty.end)) >= FEWEST:
                    yield _Said(_target(reading, duty, heading, going_on), bool(duty.subject), number)


def _target(reading: Reading, duty: Duty, heading: str, going_on: tuple[UnitWords, ...]) -> DraftTarget:
    lead = duty.subject or tuple(replace(unit, certain=False, inherited=True) for unit in going_on)
    others = others_in(reading.text, duty.start, duty.end, list(lead))
    dues = _dues(reading, duty.start, duty.end)
    return DraftTarget(
        reading.text[duty.start : duty.end],
        duty.start,
        duty.end,
        heading,
        lead=lead,
        supporting=others.supporting,
        receiving=others.receiving,
        dues=tuple(dues),
        quotas=tuple(_quotas(reading, duty.start, duty.end, dues)),
    )


def _dues(reading: Reading, start: int, end: int) -> list[Due]:
    titles = {place for match in TITLED.finditer(reading.text, start, end) for place in range(*match.span())}
    return [due for due in find_dues(reading.text, reading.year, start, end) if due.start not in titles]


def _quotas(reading: Reading, start: int, end: int, dues: list[Due]) -> list[Quota]:
    text = reading.text
    taken = [(due.start, due.end) for due in dues]
    taken += [match.span() for match in TITLED.finditer(text, start, end)]
    quoted = ((first, last) for first, last in reading.pairs.within(start, end) if text[first] == "“")
    taken += [(first, last) for first, last in quoted if last - first <= QUOTED]
    return find_quotas(text, taken, start, end)


def _annotated(told: list[_Said], annotations: list[Annotation]) -> Iterator[DraftTarget]:
    """An annotation is of all duties since the one before it; where there are none, of those behind it.

    Of earlier items it is only of those that name nobody themselves: (1)… (2)… 责任单位:…
    """
    groups = _groups(annotations)
    covered: dict[int, list[Annotation]] = {}
    starts = [one.target.start for one in told]
    before = 0
    for group, behind in zip_longest(groups, groups[1:]):
        first, place = bisect_left(starts, before), bisect_left(starts, group[0].start)
        if first == place:
            place = bisect_left(starts, behind[0].start) if behind else len(told)
        since = range(first, place)
        last = told[place - 1].item if since else 0
        for place in since:
            if told[place].item == last or not told[place].own:
                covered[place] = group  # a later group takes from one that stood before all duties
        before = group[-1].end
    for place, one in enumerate(told):
        yield _with(one.target, one.own, covered[place]) if place in covered else one.target


def _groups(annotations: list[Annotation]) -> list[list[Annotation]]:
    """“牵头单位:…;” and “责任单位:…” on one line, or on the next, belong together."""
    groups: list[list[Annotation]] = []
    for annotation in annotations:
        if groups and annotation.start - groups[-1][-1].end <= 2:
            groups[-1].append(annotation)
        else:
            groups.append([annotation])
    return groups


def _with(target: DraftTarget, own: bool, group: list[Annotation]) -> DraftTarget:
    lead = [unit for one in group for unit in one.lead]
    behind = [unit for one in group for unit in one.supporting]
    if own or not lead:
        lead, behind = list(target.lead), [*lead, *behind]
    days = {due.last for due in target.dues if due.kind is not DueKind.UNDATED}
    dues = [due for one in group for due in one.dues if due.last not in days]
    return replace(
        target,
        lead=tuple(lead),
        supporting=tuple(_once([*target.supporting, *behind], lead)),
        dues=(*target.dues, *dues),
    )


def _once(units: list[UnitWords], leads: list[UnitWords]) -> Iterator[UnitWords]:
    seen = {unit.words for unit in leads}
    for unit in units:
        if unit.words not in seen:
            seen.add(unit.words)
            yield unit
