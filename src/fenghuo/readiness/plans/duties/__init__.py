"""Who must have a plan and how that stands: kept in Duty with every change of a unit or a plan."""

from .keeping import refresh_duties
from .making import rules_digest, rules_in_force

__all__ = ["refresh_duties", "rules_digest", "rules_in_force"]
