"""What may be done with teams."""

from .contacts import Calling, OnCall, set_contacts, set_contacts_all
from .keeping import may_change
from .readiness import set_team_state
from .registering import archive_team, change_team, change_teams, confirm_team, create_team, create_teams, restore_team
from .values import Piece, TeamValues

__all__ = [
    "Calling",
    "OnCall",
    "Piece",
    "TeamValues",
    "archive_team",
    "change_team",
    "change_teams",
    "confirm_team",
    "create_team",
    "create_teams",
    "may_change",
    "restore_team",
    "set_contacts",
    "set_contacts_all",
    "set_team_state",
]
