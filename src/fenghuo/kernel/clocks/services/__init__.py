from ..rulebook import rules
from .changing import Moved, apply_change, catch_up, preview_change
from .days_off import rules_with_notice, set_days_off
from .extending import extend_clock
from .meeting import end, go_on, meet, reopen, start_next
from .own_rules import import_own_rules, rules_with, rules_without, set_own_rule, withdraw_own_rule
from .pausing import pause_clock, resume_clock
from .starting import settle, start_for_many, start_turn

__all__ = [
    "Moved",
    "apply_change",
    "catch_up",
    "end",
    "extend_clock",
    "go_on",
    "import_own_rules",
    "meet",
    "pause_clock",
    "preview_change",
    "reopen",
    "resume_clock",
    "rules",
    "rules_with",
    "rules_with_notice",
    "rules_without",
    "set_days_off",
    "set_own_rule",
    "settle",
    "start_for_many",
    "start_next",
    "start_turn",
    "withdraw_own_rule",
]
