"""What is done to units, people and posts here: each one verb."""

from .duties import attach_duty, detach_duty
from .messaging import message_people
from .registering import (
    change_people_and_posts,
    change_person_and_post,
    change_posts,
    end_post_in_register,
    enter_people,
    enter_person,
    enter_post,
    enter_posts,
)
from .stand_ins import end_stand_in, set_stand_in
from .taking import take_book

__all__ = [
    "attach_duty",
    "change_people_and_posts",
    "change_person_and_post",
    "change_posts",
    "detach_duty",
    "end_post_in_register",
    "end_stand_in",
    "enter_people",
    "enter_person",
    "enter_post",
    "enter_posts",
    "message_people",
    "set_stand_in",
    "take_book",
]
