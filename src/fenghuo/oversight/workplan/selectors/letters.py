"""Supervision letters as far as an actor may see them, and who could be sent one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.assignments.models import Assignment
from fenghuo.kernel.assignments.states import OPEN

from ..models import Letter, LetterTarget, Target, WorkPlan
from ..reckoning import Reading, Stand, lags_behind
from .matrix import Matrix

ROWS = Prefetch("rows", LetterTarget.objects.select_related("target__clause"))


@dataclass(frozen=True, slots=True)
class Lag:
    """A target that a unit has not reached. `letter`: the number of one that is out about it, "" without."""

    target: Target
    reading: Reading
    letter: str


@dataclass(frozen=True, slots=True)
class Lagging:
    unit: Unit
    lags: Sequence[Lag]

    @property
    def overdue(self) -> int:
        return sum(1 for one in self.lags if one.reading.stand is Stand.OVERDUE)


def letters(actor: Actor) -> QuerySet[Letter]:
    """The newest first. Who sent it sees it, and to whom it went."""
    require(actor, "workplans.read")
    found = Letter.objects.visible_to(actor).select_related("record__unit", "to", "plan__record__unit", "plan__region")
    return found.prefetch_related(ROWS).order_by("-pk")


def letter_by_number(actor: Actor, number: str) -> Letter:
    """Raises: NotFound, also for what may not be seen."""
    one = letters(actor).filter(record__number=number.replace("\x00", "")).first()
    if one is None:
        raise NotFound(_("There is no such letter, or you may not see it."))
    return one


def letters_out(plan: WorkPlan) -> dict[tuple[int, int], str]:
    """(unit, target) → the number of the letter about it that is not answered yet. 1 query."""
    unanswered = Assignment.objects.filter(state__in=OPEN, about__kind="supervision_letter").values("about")
    rows = LetterTarget.objects.filter(letter__plan=plan, letter__withdrawn_at=None, letter__in=unanswered)
    out = rows.values_list("letter__to", "target", "letter__record__number")
    return {(to, target): number for to, target, number in out}


def lagging_in(found: Matrix) -> list[Lagging]:
    """Who has not reached what, of units that owe it themselves: the most overdue first. 1 query."""
    known = letters_out(found.plan)
    lags: dict[int, list[Lag]] = {}
    for row in found.measured:
        for pk, cell in row.cells.items():
            if lags_behind(cell.reading):
                one = Lag(row.target, cell.reading, known.get((pk, row.target.pk), ""))
                lags.setdefault(pk, []).append(one)
    units = {unit.pk: unit for unit in found.units}
    shown = [Lagging(units[pk], theirs) for pk, theirs in lags.items()]
    return sorted(shown, key=lambda one: (-one.overdue, -len(one.lags), one.unit.code))
