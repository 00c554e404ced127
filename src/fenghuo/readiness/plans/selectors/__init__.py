"""What may be asked of plans and of their coverage; always of one actor."""

from .plans import editions_of, plan, plans, worded

__all__ = ["editions_of", "plan", "plans", "worded"]
