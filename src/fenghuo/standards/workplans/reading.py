"""A pasted plan becomes a draft of clauses and targets, to be corrected by hand. Reads Chinese; never raises."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fenghuo.standards.extraction.writing import Plain

from .answers import Doubt, DraftChapter, DraftClause, DraftPlan, DraftTarget, Due, DueKind, Quota, UnitWords, Why
from .brackets import pairs_of
from .clauses import Reading, first_words, read_section, target_of
from .heads import body_end, title_of, year_of
from .numbering import missing_chapters, missing_clauses
from .outline import Chapter, Section, outline
from .rules import pattern
from .tables import rows_of
from .writing import even

MOST_CHARACTERS = 150_000  # some hundred pages; what stands behind is not read, and that is said
CHINESE = re.compile(r"[\u4e00-\u9fa5]")
LEAST_CHINESE = 0.3  # of the characters that are no blanks
LEAST_DUTIES = 0.5  # of the sentences that hold a word of duty
DUTY = pattern("duty")


@dataclass(frozen=True, slots=True)
class _Clause:
    """`ordinal` 0: without a mark of its own."""

    chapter: int
    ordinal: int
    draft: DraftClause


def read_plan(text: str, year: int | None = None) -> DraftPlan:
    """`year`: that of the plan, where its text does not say or should not be asked.

    All places are those of `text`: text[start:end] are the words of everything found.
    """
    whole = even(text[:MOST_CHARACTERS])
    cut = [Doubt(Why.CUT, start=MOST_CHARACTERS, end=len(text))] if len(text) > MOST_CHARACTERS else []
    if refusal := _refusal(whole.text):
        return DraftPlan("", year, doubts=(*cut, Doubt(refusal)))
    body = whole.text[: body_end(whole.text)]
    chapters = outline(body)
    head = body[: chapters[0].start] if chapters else body[:2000]
    title = title_of(head)
    said = year_of(title, head, body)
    used = year if year is not None else said
    reading = Reading(body, "".join(text[place] for place in whole.at), pairs_of(body), used)
    clauses = list(_clauses(reading, chapters))
    if not clauses or not _is_plan(clauses):
        code = Why.NOT_A_PLAN if clauses else Why.NO_HEADINGS
        return DraftPlan("", used, doubts=(*cut, Doubt(code)))
    doubts = [*cut, *_about_head(title, year, said), *_about_numbers(chapters, clauses)]
    drafts = [_placed(clause.draft, whole) for clause in clauses]
    doubts += [doubt for draft in drafts for doubt in _about_targets(draft, used)]
    return DraftPlan(
        _as_shown(title, reading),
        used,
        tuple(_chapter(reading, chapter, whole) for chapter in chapters if chapter.mark),
        tuple(drafts),
        tuple(doubts),
    )


def _refusal(text: str) -> Why | None:
    bare = len(re.sub(r"\s", "", text))
    if not bare:
        return Why.EMPTY
    return Why.NOT_CHINESE if len(CHINESE.findall(text)) < LEAST_CHINESE * bare else None


def _is_plan(clauses: list[_Clause]) -> bool:
    """Whether at least half of what was read are duties: a list of telephones is numbered too."""
    targets = [target for clause in clauses for target in clause.draft.targets]
    return bool(targets) and sum(DUTY.search(target.text) is not None for target in targets) >= LEAST_DUTIES * len(
        targets
    )


def _clauses(reading: Reading, chapters: list[Chapter]) -> Iterator[_Clause]:
    for chapter in chapters:
        number = chapter.mark.number if chapter.mark else 0
        title = _chapter_title(reading, chapter)
        for section in chapter.sections:
            told = read_section(reading, section, "" if section.mark else title)
            if told.targets or section.mark:
                yield _clause(reading, section, number, told.title, told.targets)
            if not section.mark:
                yield from _rows(reading, section, number)


def _clause(reading: Reading, section: Section, chapter: int, title: str, targets: tuple[DraftTarget, ...]) -> _Clause:
    mark = section.mark
    ordinal = mark.number if mark else 0
    if mark and mark.chapter is not None and not chapter:
        number = f"{mark.chapter}.{ordinal}"
    else:
        number = ".".join(str(part) for part in (chapter, ordinal) if part) or "1"
    label = reading.text[mark.start : mark.end].strip("*") if mark else ""
    start = section.start
    end = start + len(reading.text[start : section.end].rstrip())
    return _Clause(chapter, ordinal, DraftClause(number, label, title, reading.text[start:end], start, end, targets))


def _rows(reading: Reading, section: Section, chapter: int) -> Iterator[_Clause]:
    for place, row in enumerate(rows_of(reading.text, section.rows), 1):
        ordinal = int(row.number) if re.fullmatch(r"[0-9]{1,4}", row.number) and int(row.number) else place
        number = ".".join(str(part) for part in (chapter, ordinal) if part)
        title = first_words(reading, *row.task)
        target = target_of(reading, row)
        yield _Clause(
            chapter, ordinal, DraftClause(number, row.number, title, target.text, row.start, row.end, (target,))
        )


def _about_head(title: str, given: int | None, said: int | None) -> Iterator[Doubt]:
    if not title:
        yield Doubt(Why.NO_TITLE)
    if given is None and said is None:
        yield Doubt(Why.NO_YEAR)
    if given is not None and said is not None and given != said:
        yield Doubt(Why.OTHER_YEAR, str(said))


def _about_numbers(chapters: list[Chapter], clauses: list[_Clause]) -> Iterator[Doubt]:
    yield from missing_chapters(chapter.mark.number for chapter in chapters if chapter.mark)
    by_chapter: dict[int, list[int]] = {}
    for clause in clauses:
        if clause.ordinal:
            by_chapter.setdefault(clause.chapter, []).append(clause.ordinal)
    yield from missing_clauses(by_chapter.items())


def _about_targets(clause: DraftClause, year: int | None) -> Iterator[Doubt]:
    for target in clause.targets:
        if not target.lead:
            yield Doubt(Why.NO_UNIT, clause.number, target.text, target.start, target.end)
        for due in target.dues:
            if due.other:
                yield Doubt(Why.DATE_READ_TWO_WAYS, clause.number, due.words, due.start, due.end)
            elif due.kind is DueKind.UNDATED and not due.certain and year is not None:
                yield Doubt(Why.NO_SUCH_DAY, clause.number, due.words, due.start, due.end)


def _chapter(reading: Reading, chapter: Chapter, whole: Plain) -> DraftChapter:
    assert chapter.mark is not None
    start, end = whole.span(chapter.start, chapter.start + len(reading.text[chapter.start : chapter.end].rstrip()))
    return DraftChapter(str(chapter.mark.number), _chapter_title(reading, chapter), start, end)


def _chapter_title(reading: Reading, chapter: Chapter) -> str:
    return reading.shown[chapter.mark.end : chapter.title_end].strip("*#。:： ") if chapter.mark else ""


def _as_shown(title: str, reading: Reading) -> str:
    place = reading.text.find(title)
    return reading.shown[place : place + len(title)] if place >= 0 else title


def _placed(clause: DraftClause, whole: Plain) -> DraftClause:
    """With the words and places of the text as it was written."""
    start, end = whole.span(clause.start, clause.end)
    targets = tuple(_placed_target(target, whole) for target in clause.targets)
    return replace(clause, text=whole.written[start:end], start=start, end=end, targets=targets)


def _placed_target(target: DraftTarget, whole: Plain) -> DraftTarget:
    start, end = whole.span(target.start, target.end)
    return replace(
        target,
        text=whole.written[start:end],
        start=start,
        end=end,
        tidy="".join(whole.written[place] for place in whole.at[target.start : target.end]),
        lead=tuple(_as_written(unit, whole) for unit in target.lead),
        supporting=tuple(_as_written(unit, whole) for unit in target.supporting),
        receiving=tuple(_as_written(unit, whole) for unit in target.receiving),
        dues=tuple(_as_written(due, whole) for due in target.dues),
        quotas=tuple(_as_written(quota, whole) for quota in target.quotas),
    )


def _as_written[T: (UnitWords, Due, Quota)](found: T, whole: Plain) -> T:
    start, end = whole.span(found.start, found.end)
    return replace(found, words=whole.written[start:end], start=start, end=end)
