"""Which teams to send, to one incident or to several at once (docs/algorithms/dispatch.md).

Nothing here is ordered: a person decides.
"""

from fenghuo.standards.needs import Need

from .answers import Choice, Move, NotChosen, Outcome, Proposal, Proposals, Sent, Unmet, Without
from .asking import RULES, Cover, Incident, Of, Question, Rules, Team
from .levels import MEANT, Level, Worth
from .proposing import propose, propose_for_many
from .reasons import Reason, Why
from .words import said

__all__ = [
    "MEANT",
    "RULES",
    "Choice",
    "Cover",
    "Incident",
    "Level",
    "Move",
    "Need",
    "NotChosen",
    "Of",
    "Outcome",
    "Proposal",
    "Proposals",
    "Question",
    "Reason",
    "Rules",
    "Sent",
    "Team",
    "Unmet",
    "Why",
    "Without",
    "Worth",
    "propose",
    "propose_for_many",
    "said",
]
