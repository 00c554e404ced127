"""What may be asked of work plans and of how far each unit has got."""

from .letters import lagging_in, letter_by_number, letters
from .matrix import Cell, Matrix, Row, matrix
from .plans import clauses_of, keeps_plan, may_plan, plan_by_number, plan_of, plans, target_by, targets_of, years

__all__ = [
    "Cell",
    "Matrix",
    "Row",
    "clauses_of",
    "keeps_plan",
    "lagging_in",
    "letter_by_number",
    "letters",
    "matrix",
    "may_plan",
    "plan_by_number",
    "plan_of",
    "plans",
    "target_by",
    "targets_of",
    "years",
]
