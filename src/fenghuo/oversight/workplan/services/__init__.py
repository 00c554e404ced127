"""What may be done with work plans, their clauses and targets, and with proofs."""

from .clauses import add_clause, change_clause, withdraw_clause
from .copying import copy_forward
from .loading import Loaded, load_plan
from .papers import make_paper
from .plans import change_plan, create_plan, drop_plan, put_in_force
from .proofs import archive_proof, create_proof, send_proof
from .targets import add_target, change_target, withdraw_target
from .values import ClauseValues, TargetValues

__all__ = [
    "ClauseValues",
    "Loaded",
    "TargetValues",
    "add_clause",
    "add_target",
    "archive_proof",
    "change_clause",
    "change_plan",
    "change_target",
    "copy_forward",
    "create_plan",
    "create_proof",
    "drop_plan",
    "load_plan",
    "make_paper",
    "put_in_force",
    "send_proof",
    "withdraw_clause",
    "withdraw_target",
]
