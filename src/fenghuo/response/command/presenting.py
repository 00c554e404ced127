"""A proposal and the orders given, as the page and machines show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from fenghuo.decision.dispatch import Choice, NotChosen, Unmet
from fenghuo.kernel.assignments.models import Assignment, State
from fenghuo.kernel.assignments.states import OPEN
from fenghuo.readiness.teams.selectors import gear
from fenghuo.readiness.teams.words import capability_name

from .proposing import Proposed, minutes
from .words import need_said, reason_said


@dataclass(frozen=True, slots=True)
class Row:
    """A team of the proposal. `covers`: what it is sent for; `why`: sentences; `gear`: what it brings; `without`: what
    would be done without it, "" for who is not chosen.
    """

    id: int
    number: str
    name: str
    minutes: int | None
    covers: list[str]
    why: list[str]
    gear: str
    without: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    what: str
    because: str
    missing: int
    why: list[str]


@dataclass(frozen=True, slots=True)
class ShownTeams:
    """`runner_up`: what the next best would cost; `uncovered`: towns that no team at home reaches in time any more;
    `proof`: whether nothing better exists, in words.
    """

    choices: list[Row]
    not_chosen: list[Row]
    unmet: list[Missing]
    estimate: bool
    nothing_known: bool
    runner_up: str
    uncovered: list[str]
    proven: bool
    proof: str


def present_teams(proposed: Proposed) -> ShownTeams:
    """With what each team brings. 1 query."""
    found = proposed.proposal
    named = [one.team.id for one in found.choices] + [one.team.id for one in found.not_chosen]
    brings = gear(named)
    without = {one.team.id: reason_said(one.why, proposed.teams) for one in found.without}
    return ShownTeams(
        choices=[_row(one, proposed, brings, without.get(one.team.id, "")) for one in found.choices],
        not_chosen=[_row(one, proposed, brings) for one in found.not_chosen],
        unmet=[_missing(one, proposed) for one in found.unmet],
        estimate=found.estimate,
        nothing_known=not proposed.asked.needs,
        runner_up=reason_said(found.runner_up.why, proposed.teams) if found.runner_up else "",
        uncovered=[one.name for one in found.uncovered],
        proven=found.outcome.proven,
        proof=reason_said(found.outcome.proof, proposed.teams),
    )


def _row(one: Choice | NotChosen, proposed: Proposed, brings: Mapping[int, list[str]], without: str = "") -> Row:
    team = proposed.teams[one.team.id]
    covers = one.covers if isinstance(one, Choice) else ()
    return Row(
        id=team.pk,
        number=team.record.number,
        name=team.name,
        minutes=minutes(one.team.seconds),
        covers=[capability_name(need.capability) for need in covers],
        why=[reason_said(reason, proposed.teams) for reason in one.why],
        gear="、".join(brings.get(team.pk, [])[:3]),
        without=without,
    )


def _missing(one: Unmet, proposed: Proposed) -> Missing:
    why = [reason_said(reason, proposed.teams) for reason in one.why]
    if one.best is not None:
        said = "、".join(reason_said(reason, proposed.teams) for reason in one.best.why)
        why.append(_("the nearest with it would be %(team)s: %(why)s") % {"team": one.best.team.name, "why": said})
    return Missing(capability_name(one.need.capability), need_said(one.need), one.missing + one.cut, why)


@dataclass(frozen=True, slots=True)
class ShownOrder:
    """An order in one line: what to say on the right, whether it wants attention, and whom to call."""

    it: Assignment
    said: str
    at: datetime
    look: str
    phone: str
    contact: str

    @property
    def expected(self) -> datetime | None:
        """When they should be there, as long as they are not."""
        return self.it.expected_at if self.it.state in OPEN and self.it.arrived_at is None else None


def present_order(one: Assignment) -> ShownOrder:
    said, at, look = str(one.get_state_display()), one.answered_at or one.issued_at, ""
    match one.state:
        case State.SENT if one.escalated_at:
            said, at, look = _("nobody answers, call"), one.issued_at, "late"
        case State.SENT:
            said, look = (_("not acknowledged"), "late") if one.needs_ack else (_("told"), "")
        case State.DECLINED:
            look = "late"
        case _other if one.arrived_at and one.state != State.FINISHED:
            said, at, look = _("there"), one.arrived_at, "fine"
        case State.ACKNOWLEDGED if one.later:
            said, look = _("comes later"), "soon"
        case State.ACKNOWLEDGED | State.UNDER_WAY | State.FINISHED:
            look = "fine"
    asked = [step for step in one.steps.all() if step.sent] or list(one.steps.all())
    last = next((step for step in reversed(asked) if step.phone), None)
    return ShownOrder(one, said, at, look, last.phone if last else "", last.name if last else "")


ORDER_OF_STATES = (State.SENT, State.DECLINED, State.ACKNOWLEDGED, State.UNDER_WAY, State.FINISHED, State.WITHDRAWN)


def in_order(rows: list[Assignment]) -> list[ShownOrder]:
    """Who has not answered comes first, what is ended last."""
    ranked = sorted(rows, key=lambda one: (ORDER_OF_STATES.index(State(one.state)), one.pk))
    return [present_order(one) for one in ranked]
