"""Reports, proposals and likely duplicates as pages show them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fenghuo.decision.grading import Grade
from fenghuo.kernel.clocks.selectors import basis
from fenghuo.standards.thresholds import Comparison

from .duplicates import Likely
from .figures import SourceFigures
from .models import FIGURES, Level, Report, Source, Supplement
from .words import figure_value, figure_word, figures_said, kind_name, mark_sentence, why_said


@dataclass(frozen=True, slots=True)
class Shown:
    """A report or supplement with its words. `it` is the row itself; `guessed` what nobody has confirmed."""

    it: Any
    kind: str
    figures: list[tuple[str, int]]
    marks: list[str]
    suggested: tuple[float, float] | None
    guessed: frozenset[str]


def present(facts: Report | Supplement) -> Shown:
    suggested = next(
        ((mark["latitude"], mark["longitude"]) for mark in facts.marks if mark.get("latitude") is not None), None
    )
    guessed = facts.extra.get("guessed")
    return Shown(
        it=facts,
        kind=kind_name(facts.kind) if isinstance(facts, Report) and facts.kind else "",
        figures=figures_said(facts.figures),
        marks=[mark_sentence(mark) for mark in facts.marks],
        suggested=suggested,
        guessed=frozenset(map(str, guessed)) if isinstance(guessed, list) else frozenset(),
    )


@dataclass(frozen=True, slots=True)
class ShownDuplicate:
    """`per_cent`: how likely; `source`: who told; `why`: short phrases."""

    it: Likely
    per_cent: int
    source: str
    why: list[str]


def present_duplicates(found: list[Likely]) -> list[ShownDuplicate]:
    return [
        ShownDuplicate(one, round(one.score * 100), str(Source(one.source).label), why_said(one.why)) for one in found
    ]


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A proposed level in words. `because`: the comparison that holds; `more`: what would raise it."""

    level: int | None
    word: str
    basis: str
    because: str
    more: list[str]
    unknown: list[str]
    if_lost: str
    near_miss: bool


def present_proposal(proposal: Grade | None) -> ShownProposal | None:
    if proposal is None:
        return None
    row = proposal.row
    return ShownProposal(
        level=proposal.level,
        word=str(Level(proposal.level).label) if proposal.level else "",
        basis=basis(row.source, row.article, proposal.certainty) if row else "",
        because=_because(row.condition[0], proposal) if row else "",
        more=[
            _("%(figure)s %(more)s more: %(level)s")
            % {
                "figure": figure_word(step.measure),
                "more": figure_value(step.measure, float(step.more)),
                "level": Level(step.level).label,
            }
            for step in proposal.next_steps[:2]
        ],
        unknown=[figure_word(name) for name in proposal.unknown if name in FIGURES],
        if_lost=str(Level(proposal.if_lost).label) if proposal.if_lost else "",
        near_miss=proposal.near_miss,
    )


def _because(one: Comparison, proposal: Grade) -> str:
    words = "+".join(figure_word(name) for name in one.names)
    value = f"{float(proposal.value):g}" if proposal.value is not None else "–"
    sign = {">=": "≥", "<=": "≤"}.get(one.sign, one.sign)
    return f"{words} {value} {sign} {one.bound:g}"


def source_name(source: str) -> str:
    """A platform's own name; others as they were written."""
    return str(Source(source).label) if source in Source.values else source


@dataclass(frozen=True, slots=True)
class ShownFigures:
    """One source's row of the figures table; `cells` for the columns shown, None where it says nothing."""

    it: SourceFigures
    source: str
    chosen: bool
    cells: list[str | None]
    others: list[str]


def present_figures(
    sources: dict[str, SourceFigures], chosen: SourceFigures | None
) -> tuple[list[str], list[ShownFigures]]:
    """(column heads, rows): always the four that matter most, and whatever else anybody gave of people."""
    used = [name for name in FIGURES if any(name in source.figures for source in sources.values())]
    columns = [name for name in FIGURES if name in used or name in ("dead", "missing", "injured", "trapped")]
    rows = [
        ShownFigures(
            it=source,
            source=source_name(source.source),
            chosen=chosen is not None and source.source == chosen.source,
            cells=[f"{source.figures[name]:g}" if name in source.figures else None for name in columns],
            others=[
                f"{figure_word(name)} {figure_value(name, value)}"
                for name, value in source.figures.items()
                if name not in FIGURES
            ],
        )
        for source in sources.values()
    ]
    return [figure_word(name) for name in columns], rows
