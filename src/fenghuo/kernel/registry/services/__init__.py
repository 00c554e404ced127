from .accounts import create_account
from .keeping import keeps
from .merging import merge_people, merge_units, separate, tell_apart
from .names import end_name, keep_name
from .people import (
    add_people,
    add_person,
    archive_person,
    change_people,
    change_person,
    confirm_person,
    may_keep_person,
    restore_person,
)
from .places import change_place, confirm_place, enter_place, may_keep_place
from .posts import appoint, appoint_all, end_post, end_posts, retitle_post, retitle_posts
from .records import open_record, set_subjects
from .regions import create_region, end_region, move_region, rename_region
from .tokens import create_token, revoke_token
from .units import (
    change_unit,
    change_units,
    confirm_unit,
    create_unit,
    create_units,
    end_unit,
    may_keep_unit,
    rename_unit,
    set_lines,
    set_supervision,
)

__all__ = [
    "add_people",
    "add_person",
    "appoint",
    "appoint_all",
    "archive_person",
    "change_people",
    "change_person",
    "change_place",
    "change_unit",
    "change_units",
    "confirm_person",
    "confirm_place",
    "confirm_unit",
    "create_account",
    "create_region",
    "create_token",
    "create_unit",
    "create_units",
    "end_name",
    "end_post",
    "end_posts",
    "end_region",
    "end_unit",
    "enter_place",
    "keep_name",
    "keeps",
    "may_keep_person",
    "may_keep_place",
    "may_keep_unit",
    "merge_people",
    "merge_units",
    "move_region",
    "open_record",
    "rename_region",
    "rename_unit",
    "restore_person",
    "retitle_post",
    "retitle_posts",
    "revoke_token",
    "separate",
    "set_lines",
    "set_subjects",
    "set_supervision",
    "tell_apart",
]
