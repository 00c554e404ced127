"""copy_forward: last year's plan, or the same year's, as the draft of another."""

from datetime import date
from typing import cast

from django.db import transaction

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.measures.asking import Moment

from ..models import PlanState, WorkPlan
from ..selectors.plans import clauses_of, targets_of
from .keeping import keeper_of, require_keeper
from .outlines import Outline
from .plans import check_plan, create_plan
from .targets import values_of
from .values import ClauseValues, TargetValues


def copy_forward(plan: WorkPlan, *, by: Actor, year: int, title: str = "") -> WorkPlan:
    """A draft of that year with the same clauses and targets; days keep month and day. What was withdrawn stays behind.

    Raises: NotFound, NotAllowed, Invalid.
    """
    require_keeper(plan, by=by)
    said = title or plan.record.title.replace(str(plan.year), str(year))
    moment = Moment(plan.until, past=True) if plan.state == PlanState.REPLACED and plan.until else Moment.now()
    targets = targets_of(plan, moment)
    check_plan(said, plan.preamble, year)
    outline = Outline(year)
    for clause in clauses_of(plan):
        outline.clause(ClauseValues(number=clause.number, chapter=clause.chapter, title=clause.title, text=clause.text))
        for target in targets:
            if target.clause_id == clause.pk:
                values = cast(TargetValues, {**values_of(target), "due": in_year(target.due, year)})
                outline.target(values, nobody_yet=True, words=target.words)
    with transaction.atomic():
        made = create_plan(
            by=by, unit=keeper_of(plan), year=year, title=said, preamble=plan.preamble, demo=plan.record.demo
        )
        outline.store(made)
        record("workplan.copied", by, about=[made, plan], public={"from": plan.record.number, "year": year})
    return made


def in_year(day: date, year: int) -> date:
    """The same day of that year; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
