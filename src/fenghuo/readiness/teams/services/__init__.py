"""What may be done with teams."""

from .contacts import OnCall, set_contacts
from .keeping import may_change
from .readiness import set_team_state
from .registering import archive_team, change_team, confirm_team, create_team, restore_team
from .values import Piece, TeamValues

__all__ = [
    "OnCall",
    "Piece",
    "TeamValues",
    "archive_team",
    "change_team",
    "confirm_team",
    "create_team",
    "may_change",
    "restore_team",
    "set_contacts",
    "set_team_state",
]
