"""send_letters, withdraw_letter: units that lag are asked, each in a letter of its own, to answer in time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid, WrongState
from fenghuo.kernel.access.given import text_within
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.assignments.models import Assignment
from fenghuo.kernel.assignments.receivers import Addressee, addressees
from fenghuo.kernel.assignments.services import Order, issue, withdraw
from fenghuo.kernel.assignments.states import OPEN
from fenghuo.kernel.clocks.models import Clock
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.measures.asking import Moment
from fenghuo.kernel.registry.numbers import take_year_number
from fenghuo.kernel.registry.services import open_record

from ..models import Letter, LetterTarget, PlanState, Target, WorkPlan
from ..reckoning import Reading, lags_behind
from ..selectors.letters import letters_out
from ..selectors.matrix import matrix
from ..selectors.plans import targets_of
from .keeping import require_keeper

MOST_LETTERS, MOST_TEXT, MOST_NAMED = 60, 2000, 8
RULE = "supervision-answer"  # of deadlines.csv: in how many working days a letter is answered

type Lagging = Sequence[tuple[Target, Reading]]


@dataclass(frozen=True, slots=True)
class _Draft:
    to: Unit
    addressee: Addressee
    lagging: Lagging


def send_letters(plan: WorkPlan, wanted: Mapping[int, Sequence[int]], *, by: Actor, text: str = "") -> list[Letter]:
    """`wanted`: key of a unit → keys of the targets that it is asked about. `text`: what is demanded, the same of all.

    All are looked at before the first goes out; each has a transaction of its own, so that no lock is held for long.
    Raises: NotFound, NotAllowed, WrongState (the plan is not in force), Invalid, Conflict (a letter about it is out).
    """
    require_keeper(plan, by=by)
    demanded = text_within("text", text)
    if not wanted or len(wanted) > MOST_LETTERS:
        raise Invalid(
            Fault("units", _("choose at least one unit and at most %(most)s") % {"most": MOST_LETTERS}, len(wanted))
        )
    if len(demanded) > MOST_TEXT:
        raise Invalid(Fault("text", _("must be at most %(most)s characters long") % {"most": MOST_TEXT}))
    now = WorkPlan.objects.select_related("record__unit__region", "region").get(pk=plan.pk)
    drafts = _drafts(now, wanted, by)
    _may_go(now, drafts)
    return [_send(now, draft, demanded, by) for draft in drafts]


@transaction.atomic
def withdraw_letter(letter: Letter, *, by: Actor, reason: str) -> Letter:
    """Sent by mistake, or settled otherwise. Raises: NotFound, NotAllowed, WrongState, Invalid (no reason)."""
    require(by, "workplans.write", letter)
    held = Letter.objects.select_related("record", "plan__record").lock(letter)
    require_keeper(held.plan, by=by)
    if held.withdrawn_at is not None:
        raise WrongState(_("It was withdrawn already."))
    said = text_within("reason", reason)
    if not said:
        raise Invalid(Fault("reason", _("say why it is withdrawn"), reason))
    held.withdrawn_at, held.reason = timezone.now(), said
    held.save(update_fields=["withdrawn_at", "reason"])
    for order in Assignment.objects.filter(about=held.pk, state__in=OPEN):
        withdraw(order, by=by, reason=said)
    record("workplan.letter_withdrawn", by, about=[held, held.to_id, held.plan_id], public={"reason": said})
    return held


def _drafts(plan: WorkPlan, wanted: Mapping[int, Sequence[int]], by: Actor) -> list[_Draft]:
    """Each target as it stands now. Raises: Invalid (a unit does not owe it, or has reached it)."""
    keys = {key for targets in wanted.values() for key in targets}
    targets = [target for target in targets_of(plan, Moment.now()) if target.pk in keys]
    rows = matrix(by, plan, Moment.now(), targets=targets).rows
    reached = addressees(by, list(wanted))
    drafts, faults = [], []
    for unit, chosen in wanted.items():
        lagging = [
            (row.target, row.cells[unit].reading)
            for row in rows
            if row.target.pk in chosen and unit in row.cells and lags_behind(row.cells[unit].reading)
        ]
        if not lagging or len(lagging) < len(set(chosen)) or unit not in reached:
            faults.append(Fault("units", _("a target is not this unit's, or it has reached it by now"), unit))
            continue
        to = next(row.cells[unit].unit for row in rows if unit in row.cells)
        drafts.append(_Draft(to, reached[unit], lagging))
    if faults:
        raise Invalid(*faults)
    return drafts


def _may_go(plan: WorkPlan, drafts: Sequence[_Draft]) -> None:
    """Raises: WrongState, Conflict."""
    if plan.state != PlanState.IN_FORCE:
        raise WrongState(_("Only what is in force is supervised."))
    known = letters_out(plan)
    for draft in drafts:
        for target, _reading in draft.lagging:
            if number := known.get((draft.to.pk, target.pk)):
                said = _("%(unit)s has not answered the letter %(number)s about %(target)s yet.")
                raise Conflict(said % {"unit": draft.to.name, "number": number, "target": target.title})


@transaction.atomic
def _send(plan: WorkPlan, draft: _Draft, text: str, by: Actor) -> Letter:
    """One of them, if nothing has come between."""
    plan = WorkPlan.objects.select_related("record").lock(plan)
    _may_go(plan, [draft])
    number = take_year_number("supervision_letter", "DB", plan.year)
    title = _("Supervision letter to %(unit)s") % {"unit": draft.to.name}
    demo = by.demo or plan.record.demo
    opened = open_record("supervision_letter", title, unit=draft.to, region=draft.to.region, number=number, demo=demo)
    now = timezone.now()
    made = Letter(record=opened, plan=plan, to=draft.to, text=text, sent_at=now)
    made.save(force_insert=True)
    LetterTarget.objects.bulk_create(
        [
            LetterTarget(letter=made, target=target, value=reading.value, needed=reading.needed)
            for target, reading in draft.lagging
        ]
    )
    clauses = list(dict.fromkeys(target.clause.number for target, _reading in draft.lagging))
    public = {"number": number, "to": draft.to.name, "clauses": clauses, "targets": len(draft.lagging)}
    record("workplan.letter_sent", by, about=[made, draft.to, plan], public=public)
    due = Clock.objects.filter(record=made.pk, rule=RULE, ended_at=None).values_list("due_at", flat=True).first()
    issue(made, [Order(draft.addressee, _order(made, draft.lagging, text), due_at=due, needs_ack=False)], by=by)
    return made


def _order(letter: Letter, lagging: Lagging, text: str) -> str:
    """What the unit reads on a telephone; the letter itself has all of it."""
    named = "; ".join(
        f"{target.clause.number} {target.title} {reading.value}/{reading.needed}"
        for target, reading in lagging[:MOST_NAMED]
    )
    more = _(" and others") if len(lagging) > MOST_NAMED else ""
    said = _("Supervision letter %(number)s: %(targets)s. Say what was done and what is still open.") % {
        "number": letter.record.number,
        "targets": named + more,
    }
    return f"{said} {text}".strip()[:1400]
