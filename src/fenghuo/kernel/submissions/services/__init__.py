"""What may be done with submissions."""

from .correcting import answer_remark, answer_remarks, resubmit, withdraw
from .many import accept_for, accept_part, begin_batch
from .reviewing import Said, pass_step, remark, return_, take
from .rounds import Hand
from .sending import preview, send, submit
from .settling import accept, deem, forward

__all__ = [
    "Hand",
    "Said",
    "accept",
    "accept_for",
    "accept_part",
    "answer_remark",
    "answer_remarks",
    "begin_batch",
    "deem",
    "forward",
    "pass_step",
    "preview",
    "remark",
    "resubmit",
    "return_",
    "send",
    "submit",
    "take",
    "withdraw",
]
