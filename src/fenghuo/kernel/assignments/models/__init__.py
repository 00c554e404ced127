from .answers import Answer, Way
from .assignments import Assignment, State
from .chains import Link, Step, StepKind

__all__ = ["Answer", "Assignment", "Link", "State", "Step", "StepKind", "Way"]
