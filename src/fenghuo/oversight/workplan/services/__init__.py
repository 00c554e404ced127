"""What may be done with work plans, their clauses and targets, and with proofs."""

from .clauses import add_clause, change_clause, withdraw_clause
from .copying import copy_forward
from .drafting import draft_plan
from .letters import send_letters, withdraw_letter
from .loading import Loaded, load_plan
from .papers import make_paper
from .plans import change_plan, create_plan, drop_plan, put_in_force
from .proofs import archive_proof, create_proof, send_proof
from .reminding import remind_due
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
    "draft_plan",
    "drop_plan",
    "load_plan",
    "make_paper",
    "put_in_force",
    "remind_due",
    "send_letters",
    "send_proof",
    "withdraw_clause",
    "withdraw_letter",
    "withdraw_target",
]
