"""A pasted work plan becomes a draft of clauses and targets, to be corrected by hand. Own rules; pure."""

from .answers import (
    Comparison,
    Doubt,
    DraftChapter,
    DraftClause,
    DraftPlan,
    DraftTarget,
    Due,
    DueKind,
    Quota,
    Recurrence,
    UnitKind,
    UnitWords,
    Why,
)
from .matching import Candidate, Matched, match_units
from .reading import read_plan
from .words import said

__all__ = [
    "Candidate",
    "Comparison",
    "Doubt",
    "DraftChapter",
    "DraftClause",
    "DraftPlan",
    "DraftTarget",
    "Due",
    "DueKind",
    "Matched",
    "Quota",
    "Recurrence",
    "UnitKind",
    "UnitWords",
    "Why",
    "match_units",
    "read_plan",
    "said",
]
