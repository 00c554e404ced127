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
from fenghuo.kernel.web.forms import Moment

from ..desks import is_ours
from ..explaining import MOST, give_reason
from ..lateness import LateWhy
from ..models import Clock
from ..rulebook import rules
from ..services import extend_clock, pause_clock, resume_clock
from ..states import LATE, state_of


class ReasonForm(forms.Form):
    why = forms.ChoiceField(label=_("Kind of reason"), choices=LateWhy)
    text = forms.CharField(
        label=_("What held it up"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Names may stand here; they are kept apart from the sealed journal."),
    )


class PauseForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 2}))
    happened_at = Moment(label=_("Since (empty: now)"), required=False)


class ResumeForm(forms.Form):
    happened_at = Moment(label=_("From (empty: now)"), required=False)


class ExtendForm(forms.Form):
    days = forms.IntegerField(label=_("Days more"), min_value=1, max_value=10_000)
    reason = forms.CharField(label=_("Reason"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 2}))
    happened_at = Moment(label=_("Granted at (empty: now)"), required=False)


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


def _open(clock: Clock) -> bool:
    return clock.met_at is None and clock.ended_at is None


def _pausable(clock: Clock, actor: Actor, _desk: Unit | None, _now: datetime) -> bool:
    return _open(clock) and clock.paused_at is None and actor.may("clocks.pause")


def _resumable(clock: Clock, actor: Actor, _desk: Unit | None, _now: datetime) -> bool:
    return _open(clock) and clock.paused_at is not None and actor.may("clocks.pause")


def _extendable(clock: Clock, actor: Actor, _desk: Unit | None, _now: datetime) -> bool:
    rule = rules().wording(clock.rule, clock.version)
    allowed = rule is not None and rule.extension is not None and not clock.extension
    return _open(clock) and allowed and actor.may("clocks.extend")


ACTS: dict[str, Act] = {
    "explain": Act(ReasonForm, _("Give the reason"), lambda it, said, by: give_reason(it, by=by, **said), _late),
    "pause": Act(PauseForm, _("Pause"), lambda it, said, by: pause_clock(it, by=by, **said), _pausable),
    "resume": Act(ResumeForm, _("Let it run again"), lambda it, said, by: resume_clock(it, by=by, **said), _resumable),
    "extend": Act(ExtendForm, _("Extend"), lambda it, said, by: extend_clock(it, by=by, **said), _extendable),
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
