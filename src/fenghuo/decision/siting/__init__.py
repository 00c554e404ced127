"""Where the next shelter, depot or station should be (docs/algorithms/siting.md)."""

from fenghuo.decision.coverage import Demand

from .answers import Part, Proposal, Step, Village, Without, Worth
from .asking import Aim, KindLimit, Question, Site, Standing
from .proposing import propose
from .reasons import Reason, Why
from .words import said

__all__ = [
    "Aim",
    "Demand",
    "KindLimit",
    "Part",
    "Proposal",
    "Question",
    "Reason",
    "Site",
    "Standing",
    "Step",
    "Village",
    "Why",
    "Without",
    "Worth",
    "propose",
    "said",
]
