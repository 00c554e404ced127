"""Reports as pages show them."""

from dataclasses import dataclass
from typing import Any

from .models import Report, Supplement
from .words import figures_said, kind_name, mark_sentence


@dataclass(frozen=True, slots=True)
class Shown:
    """A report or supplement with its words. `it` is the row itself."""

    it: Any
    kind: str
    figures: list[tuple[str, int]]
    marks: list[str]
    suggested: tuple[float, float] | None


def present(facts: Report | Supplement) -> Shown:
    suggested = next(
        ((mark["latitude"], mark["longitude"]) for mark in facts.marks if mark.get("latitude") is not None), None
    )
    return Shown(
        it=facts,
        kind=kind_name(facts.kind) if isinstance(facts, Report) and facts.kind else "",
        figures=figures_said(facts.figures),
        marks=[mark_sentence(mark) for mark in facts.marks],
        suggested=suggested,
    )
