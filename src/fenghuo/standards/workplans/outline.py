"""Finding chapters and clauses by their marks, tables included."""

import re
from dataclasses import dataclass, field

from .marks import Mark, Rank, mark_at

CHAPTERS = (Rank.MARKDOWN, Rank.PART, Rank.COMMA)
LONGEST_TITLE = 40  # characters
CLAUSES = (Rank.COMMA, Rank.BRACKET, Rank.DECIMAL, Rank.NUMBER)


@dataclass(frozen=True, slots=True)
class Paragraph:
    start: int
    end: int
    mark: Mark | None
    row: bool


@dataclass(slots=True)
class Section:
    """A clause with its paragraphs; `mark` None for a chapter's own words and for a table's row."""

    mark: Mark | None
    start: int
    end: int
    rows: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Chapter:
    """`mark` None: the clauses stand without chapters."""

    mark: Mark | None
    start: int
    end: int
    title_end: int
    sections: list[Section] = field(default_factory=list)


def outline(text: str) -> list[Chapter]:
    """Empty where nothing is numbered and there is no table."""
    paragraphs = list(_paragraphs(text))
    used = {paragraph.mark.rank for paragraph in paragraphs if paragraph.mark}
    top = next((rank for rank in CHAPTERS if rank in used), None)
    return [
        _sectioned(chapter, inside, top)
        for chapter, inside in _chapters(text, paragraphs, top)
        if inside or chapter.mark
    ]


def _paragraphs(text: str) -> list[Paragraph]:
    found = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        row = "\t" in line
        found.append(Paragraph(start, end, None if row else mark_at(text, start), row))
        start = end + 1
    return found


def _chapters(text: str, paragraphs: list[Paragraph], top: Rank | None) -> list[tuple[Chapter, list[Paragraph]]]:
    """What stands before the first chapter, or the first mark where there are none, is the plan's head."""
    found: list[tuple[Chapter, list[Paragraph]]] = []
    for paragraph in paragraphs:
        mark = paragraph.mark
        opens = mark is not None and mark.rank is top
        if opens or (not found and top is None and (mark or paragraph.row)):
            found.append(_opened(text, paragraph) if opens else (_bare(paragraph), [paragraph]))
        elif found:
            found[-1][0].end = paragraph.end
            found[-1][1].append(paragraph)
    return found


def _bare(paragraph: Paragraph) -> Chapter:
    return Chapter(None, paragraph.start, paragraph.end, paragraph.start)


def _opened(text: str, paragraph: Paragraph) -> tuple[Chapter, list[Paragraph]]:
    """A chapter, with what stands on its line behind the title (一、加强演练。各镇要…)."""
    assert paragraph.mark is not None
    start, end = paragraph.mark.end, paragraph.end
    stop = re.compile("[。:]").search(text, start, min(end, start + LONGEST_TITLE))
    title_end = stop.start() if stop else end
    chapter = Chapter(paragraph.mark, paragraph.start, end, title_end)
    if stop is None and end - start > LONGEST_TITLE:  # no title at all: the duty itself
        comma = text.find(",", start, start + LONGEST_TITLE)
        chapter.title_end = comma if comma > start else start + LONGEST_TITLE
        return chapter, [Paragraph(start, end, None, row=False)]
    rest = stop.end() if stop else end
    return chapter, [Paragraph(rest, end, None, row=False)] if text[rest:end].strip() else []


def _sectioned(chapter: Chapter, inside: list[Paragraph], top: Rank | None) -> Chapter:
    """Its clauses begin with the highest mark that is used below the chapter's own."""
    ranks = {paragraph.mark.rank for paragraph in inside if paragraph.mark}
    level = next((rank for rank in CLAUSES if rank in ranks and (top is None or rank > top)), None)
    for paragraph in inside:
        current = chapter.sections[-1] if chapter.sections else None
        if paragraph.mark and paragraph.mark.rank is level:
            chapter.sections.append(Section(paragraph.mark, paragraph.start, paragraph.end))
        elif paragraph.row:
            if current is None:
                current = Section(None, paragraph.start, paragraph.end)
                chapter.sections.append(current)
            current.rows.append((paragraph.start, paragraph.end))
            current.end = paragraph.end
        elif current is not None:
            current.end = paragraph.end
        elif paragraph.start < paragraph.end:
            chapter.sections.append(Section(None, paragraph.start, paragraph.end))
    return chapter
