"""Plans (预案), who must have one, and how that stands."""

from .answers import PlanAnswers
from .checks import (
    AnswerState,
    CheckAnswer,
    CheckItem,
    CheckPart,
    CheckPopulation,
    CheckQuestion,
    CheckRound,
    CheckShare,
    Finding,
    FindingState,
    ItemState,
    RoundState,
    Value,
)
from .coverage import CoverageDay, CoverageRules, Duty, DutyState
from .plans import Plan, PlanCovers, PlanPaper, PlanState
from .profiles import Size, UnitDanger, UnitProfile

__all__ = [
    "AnswerState",
    "CheckAnswer",
    "CheckItem",
    "CheckPart",
    "CheckPopulation",
    "CheckQuestion",
    "CheckRound",
    "CheckShare",
    "CoverageDay",
    "CoverageRules",
    "Duty",
    "DutyState",
    "Finding",
    "FindingState",
    "ItemState",
    "Plan",
    "PlanAnswers",
    "PlanCovers",
    "PlanPaper",
    "PlanState",
    "RoundState",
    "Size",
    "UnitDanger",
    "UnitProfile",
    "Value",
]
