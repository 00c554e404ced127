"""Where the next ones should be: the whole proposal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from .aims import Plan, best, reach_table, time_table
from .answers import Proposal, Village
from .asking import Aim, Question
from .choosing import Engine, Terms
from .comparing import curve, new_of, without_each
from .field import TENTHS, Field, read
from .reasons import reasons_of
from .valuing import flows_of, time_of, villages_of, worth_of

if TYPE_CHECKING:
    from .mixed import Mixed


def propose(asked: Question) -> Proposal:
    """The best choice, what it brings to whom, what one more or one less would; see docs/algorithms/siting.md.

    Raises: BadQuestion.
    """
    field = read(asked)
    # Compiler and solver take over a second to load: whoever asks another decision does not wait for them.
    from .mixed import Mixed
    from .prices import Prices

    mixed = Mixed(field)
    engine: Engine = Prices(field) if field.plain else mixed
    plan = best(field, engine, Terms(field.most_new, effort=asked.effort))
    now = _today(field, mixed)
    today = worth_of(field, now)
    if not plan.possible:
        plan = replace(now, possible=False)
    worth = worth_of(field, plan)
    villages = villages_of(field, flows_of(field, now.open, now.served), flows_of(field, plan.open, plan.served))
    unreachable, unserved = _not_served(field, villages)
    chosen = new_of(field, plan.open)
    found = Proposal(
        aim=asked.aim,
        possible=plan.possible,
        chosen=chosen,
        spent=sum(one.cost for one in chosen),
        today=today,
        worth=worth,
        villages=villages,
        unreachable=unreachable,
        unserved=unserved,
        unplaced=tuple(one for one in asked.demands if not one.placed),
        curve=curve(field, engine, plan, today, asked.effort) if asked.curve and plan.possible else (),
        without=without_each(field, engine, plan, asked.effort) if asked.without and plan.possible else (),
        estimate=asked.estimate,
        reasons=(),
    )
    return replace(found, reasons=reasons_of(found, asked, field.assumed))


def _today(field: Field, mixed: Mixed) -> Plan:
    """What exists, as a plan: counted, so that it is its own bound."""
    asked = field.asked
    table = reach_table(field, field.within) if asked.aim is Aim.COVER else time_table(field, 2 * field.longest)
    value, served = mixed.served(table, field.existing)
    total = float(table.penalty.sum())
    flows = flows_of(field, field.existing, served)
    out = float(field.counted.sum() - flows.sum())
    if asked.aim is Aim.COVER:
        return Plan(field.existing, value, value, total - value, total - value, served)
    if asked.aim is Aim.CENTRE:
        far = float(np.max(field.tenths, initial=0.0, where=flows > 0))
        return Plan(field.existing, out, out, far, far, served)
    time = time_of(field, flows)
    return Plan(field.existing, out, out, time, time, served)


def _not_served(field: Field, villages: tuple[Village, ...]) -> tuple[tuple[Village, ...], tuple[Village, ...]]:
    """Whom no site of the question reaches, and who could be reached and is not (cover: in time); most people first."""
    reached = np.isfinite(field.tenths).any(axis=1)
    reachable = {one.id: bool(yes) for one, yes in zip(field.demands, reached.tolist(), strict=True)}
    ranked = sorted((one for one in villages if one.people), key=lambda one: (-one.people, one.demand.id))
    never = tuple(one for one in ranked if not reachable[one.demand.id])
    late = field.within / TENTHS if field.asked.aim is Aim.COVER else np.inf
    left = tuple(one for one in ranked if reachable[one.demand.id] and _short(one, late))
    return never, left


def _short(one: Village, late: float) -> bool:
    in_time = sum(part.people for part in one.after if part.seconds <= late)
    return in_time < one.people
