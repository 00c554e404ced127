from .attaching import attach, detach
from .bringing import attach_file, bring_file, infections_on_record, may_attach, require_attaching, take_off
from .staging import MOST_BYTES, Infected, Kept, Staged, TooLarge, stage, stage_file
from .uploading import BadSum, Held, OutOfStep, append, begin_upload, discard_upload, finish_upload, received

__all__ = [
    "MOST_BYTES",
    "BadSum",
    "Held",
    "Infected",
    "Kept",
    "OutOfStep",
    "Staged",
    "TooLarge",
    "append",
    "attach",
    "attach_file",
    "begin_upload",
    "bring_file",
    "detach",
    "discard_upload",
    "finish_upload",
    "infections_on_record",
    "may_attach",
    "received",
    "require_attaching",
    "stage",
    "stage_file",
    "take_off",
]
