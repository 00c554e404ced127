"""make_paper: a circular or an appraisal out of the matrix. It changes nothing; that it was made is noted."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotAllowed, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.measures.asking import Moment

from ..models import WorkPlan
from ..papers import Figures, appraisal_book, appraisal_docx, circular_docx, figures_of, may_compare
from ..selectors import keeps_plan, matrix, targets_of

PAPERS: dict[str, Callable[[Figures], bytes]] = {
    "circular.docx": circular_docx,
    "appraisal.docx": appraisal_docx,
    "appraisal.xlsx": appraisal_book,
}


def make_paper(plan: WorkPlan, paper: str, *, by: Actor, moment: Moment) -> bytes:
    """`paper`: a key of PAPERS. A ranking is for who keeps the plan, and for who sees every unit in it anyway.

    Raises: NotAllowed, WrongState (the plan was not in force at the moment).
    """
    require(by, "workplans.read")
    if plan.since is None or plan.since >= moment.at or (plan.until is not None and plan.until < moment.at):
        raise WrongState(_("This work plan was not in force on that day: choose another day."))
    found = matrix(by, plan, moment, targets=targets_of(plan, moment))
    if not keeps_plan(by, plan) and not may_compare(found):
        raise NotAllowed(_("Only who sees every unit of the plan makes a paper that compares them."))
    made = PAPERS[paper](figures_of(by, plan, found))
    with transaction.atomic():
        record("workplan.exported", by, about=[plan], public={"paper": paper, "day": moment.day.isoformat()})
    return made
