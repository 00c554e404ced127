from .accounts import create_account
from .names import end_name, keep_name
from .people import add_person, appoint, change_person, end_post
from .records import open_record, set_subjects
from .regions import create_region, end_region, move_region, rename_region
from .tokens import create_token, revoke_token
from .units import create_unit, end_unit, rename_unit, set_lines, set_supervision

__all__ = [
    "add_person",
    "appoint",
    "change_person",
    "create_account",
    "create_region",
    "create_token",
    "create_unit",
    "end_name",
    "end_post",
    "end_region",
    "end_unit",
    "keep_name",
    "move_region",
    "open_record",
    "rename_region",
    "rename_unit",
    "revoke_token",
    "set_lines",
    "set_subjects",
    "set_supervision",
]
