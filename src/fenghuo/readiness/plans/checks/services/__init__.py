"""What may be done with a check of plans."""

from .answering import AnswerSaid, Outcome, finish_item, keep_answers, settle_answer
from .drawing import draw_round
from .findings import correct_finding, send_back_finding, verify_finding
from .keeping import may_check, may_correct, may_enter, may_organise
from .organising import RoundValues, change_round, create_round
from .reminding import remind_due
from .running import assign_item, close_round, start_round

__all__ = [
    "AnswerSaid",
    "Outcome",
    "RoundValues",
    "assign_item",
    "change_round",
    "close_round",
    "correct_finding",
    "create_round",
    "draw_round",
    "finish_item",
    "keep_answers",
    "may_check",
    "may_correct",
    "may_enter",
    "may_organise",
    "remind_due",
    "send_back_finding",
    "settle_answer",
    "start_round",
    "verify_finding",
]
