"""What may be asked of submissions; always of one actor."""

from .finding import inbox, outbox, submission, submissions

__all__ = ["inbox", "outbox", "submission", "submissions"]
