"""Plans (预案), who must have one, and how that stands."""

from .answers import PlanAnswers
from .coverage import CoverageDay, CoverageRules, Duty, DutyState
from .plans import Plan, PlanCovers, PlanPaper, PlanState
from .profiles import Size, UnitDanger, UnitProfile

__all__ = [
    "CoverageDay",
    "CoverageRules",
    "Duty",
    "DutyState",
    "Plan",
    "PlanAnswers",
    "PlanCovers",
    "PlanPaper",
    "PlanState",
    "Size",
    "UnitDanger",
    "UnitProfile",
]
