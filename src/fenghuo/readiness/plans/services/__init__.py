"""What may be done with plans."""

from .answering import Answers, attach_paper, detach_paper, keep_draft, set_answers
from .falling_due import fall_due
from .keeping import may_change
from .profiles import set_unit_profile
from .registering import archive_plan, change_plan, confirm_plan, create_plan, draft_next_edition, restore_plan
from .reminding import Reminded, may_remind, remind
from .submitting import file_plan, name_paper
from .values import PlanValues

__all__ = [
    "Answers",
    "PlanValues",
    "Reminded",
    "archive_plan",
    "attach_paper",
    "change_plan",
    "confirm_plan",
    "create_plan",
    "detach_paper",
    "draft_next_edition",
    "fall_due",
    "file_plan",
    "keep_draft",
    "may_change",
    "may_remind",
    "name_paper",
    "remind",
    "restore_plan",
    "set_answers",
    "set_unit_profile",
]
