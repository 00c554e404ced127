"""What was not sure when a pasted text was read, in words."""

from collections.abc import Callable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fenghuo.standards.workplans import Doubt, Why, said

from .models import PlanState, Target, WorkPlan

SAID: dict[str, Callable[[], str]] = {
    "unit_unknown": lambda: _("“%(words)s” is no unit that is known here: name it"),
    "unit_guessed": lambda: _("“%(words)s” was taken to be responsible: is that right?"),
    "nobody": lambda: _("nobody responsible is named: say who has to reach it"),
    "undated": lambda: _("“%(words)s” names no day; taken: the end of the year"),
    "other_year": lambda: _("“%(words)s” lies in another year and was left out"),
    "several_days": lambda: _("“%(words)s” is a further day: does it need a target of its own?"),
    "day_two_ways": lambda: _("the day can be read in two ways: %(words)s"),
    "day_uncertain": lambda: _("the day of “%(words)s” is a guess"),
    "every_too_late": lambda: _("it cannot be asked again and again by %(words)s; taken: once"),
    "recurrence": lambda: _("“%(words)s” cannot be counted like this; taken: once in the year"),
    "at_most": lambda: _("“%(words)s” is a limit, not something to reach"),
    "several_numbers": lambda: _("“%(words)s” is a further number: does it need a target of its own?"),
    "number_unusual": lambda: _("the number of “%(words)s” cannot be kept as it stands"),
}


def open_points_said(target: Target) -> list[str]:
    """Of a target of a draft; one of a later release that is not known here is shown by its words."""
    if target.since is not None:
        return []
    return [(SAID[code]() if code in SAID else "%(words)s") % {"words": words} for code, words in target.open_points]


def doubts_said(plan: WorkPlan) -> list[str]:
    """Of the text as a whole, as long as the plan is a draft."""
    if plan.state != PlanState.DRAFT:
        return []
    language = get_language() or "zh"
    return [said(Doubt(Why(code), number, words), language) for code, number, words in plan.doubts if code in set(Why)]
