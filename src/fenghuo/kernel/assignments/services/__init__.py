"""What may be done with assignments."""

from .answering import Said, acknowledge, decline, finish, report_progress
from .asking import do_due_steps
from .issuing import Order, Place, issue
from .links import answer_by_link, link_opened
from .withdrawing import withdraw

__all__ = [
    "Order",
    "Place",
    "Said",
    "acknowledge",
    "answer_by_link",
    "decline",
    "do_due_steps",
    "finish",
    "issue",
    "link_opened",
    "report_progress",
    "withdraw",
]
