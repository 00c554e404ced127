"""The year's plan (工作要点) as clauses and targets, and the papers by which only a document can prove a target."""

from .letters import Letter, LetterTarget
from .plans import Clause, PlanState, WorkPlan
from .proofs import Proof
from .reminders import Reminder
from .targets import Every, Part, Quota, Target, TargetUnit

__all__ = [
    "Clause",
    "Every",
    "Letter",
    "LetterTarget",
    "Part",
    "PlanState",
    "Proof",
    "Quota",
    "Reminder",
    "Target",
    "TargetUnit",
    "WorkPlan",
]
