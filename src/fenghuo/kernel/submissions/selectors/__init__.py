"""What may be asked of submissions; always of one actor."""

from .batches import batch, batches
from .finding import GROUPS, Asked, enclosure, inbox, outbox, running_clocks, submission, submissions

__all__ = [
    "GROUPS",
    "Asked",
    "batch",
    "batches",
    "enclosure",
    "inbox",
    "outbox",
    "running_clocks",
    "submission",
    "submissions",
]
