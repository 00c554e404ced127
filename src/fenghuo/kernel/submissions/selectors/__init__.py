"""What may be asked of submissions; always of one actor."""

from .finding import GROUPS, Asked, enclosure, inbox, outbox, running_clocks, submission, submissions

__all__ = ["GROUPS", "Asked", "enclosure", "inbox", "outbox", "running_clocks", "submission", "submissions"]
