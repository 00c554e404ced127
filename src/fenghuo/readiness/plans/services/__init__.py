"""What may be done with plans."""

from .falling_due import fall_due
from .keeping import may_change
from .profiles import set_unit_profile
from .registering import archive_plan, change_plan, confirm_plan, create_plan, draft_next_edition, restore_plan
from .values import PlanValues

__all__ = [
    "PlanValues",
    "archive_plan",
    "change_plan",
    "confirm_plan",
    "create_plan",
    "draft_next_edition",
    "fall_due",
    "may_change",
    "restore_plan",
    "set_unit_profile",
]
