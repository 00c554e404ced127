"""What can be done about a clock on its page: each with its form, its word and its service."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Unit

from ..desks import is_ours
from ..explaining import MOST, give_reason
from ..lateness import LateWhy
from ..models import Clock
from ..states import LATE, state_of


class ReasonForm(forms.Form):
    why = forms.ChoiceField(label=_("Kind of reason"), choices=LateWhy)
    text = forms.CharField(
        label=_("What held it up"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Names may stand here; they are kept apart from the sealed journal."),
    )


@dataclass(frozen=True, slots=True)
class Act:
    """`possible`: whether it makes sense for this clock and actor at this moment."""

    form: type[forms.Form]
    word: str | Promise
    run: Callable[[Clock, dict[str, Any], Actor], object]
    possible: Callable[[Clock, Actor, Unit | None, datetime], bool]


def _late(clock: Clock, actor: Actor, desk: Unit | None, now: datetime) -> bool:
    late = not clock.window and state_of(clock, now) in LATE
    return late and actor.may("clocks.explain") and is_ours(actor, clock.record, desk)


ACTS: dict[str, Act] = {
    "explain": Act(ReasonForm, _("Give the reason"), lambda it, said, by: give_reason(it, by=by, **said), _late),
}


def forms_for(clock: Clock, actor: Actor, desk: Unit | None, now: datetime) -> dict[str, forms.Form]:
    """Empty forms of what can be done now; the reason with what was said before."""
    reason = getattr(clock, "late_reason", None)
    first = {"explain": {"why": reason.why, "text": reason.text} if reason else None}
    return {
        verb: act.form(prefix=verb, initial=first.get(verb))
        for verb, act in ACTS.items()
        if act.possible(clock, actor, desk, now)
    }
