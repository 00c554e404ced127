"""The year's plan (工作要点) as clauses and targets, and the papers by which only a document can prove a target."""

from .plans import Clause, PlanState, WorkPlan
from .proofs import Proof
from .targets import Every, Part, Quota, Target, TargetUnit

__all__ = ["Clause", "Every", "Part", "PlanState", "Proof", "Quota", "Target", "TargetUnit", "WorkPlan"]
