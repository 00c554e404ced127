"""What is odd about a plan and does not stop it: a scope that matches nobody, a day that has passed, no measure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.measures.asking import Moment
from fenghuo.kernel.measures.registering import measure_of

from .models import PlanState, Target, WorkPlan
from .selectors import matrix


def notices(plan: WorkPlan, targets: Sequence[Target], actor: Actor) -> list[str]:
    """A sentence each. As many queries as the matrix."""
    moment, found = Moment.now(), list[str]()
    rows = matrix(actor, plan, moment, targets=targets).rows
    for row in rows:
        name = f"{row.target.clause.number} {row.target.title}"
        if not row.everyone:
            found.append(_("%(target)s: nobody has to reach it; its scope matches no unit") % {"target": name})
        if plan.state == PlanState.DRAFT and row.target.due < moment.day:
            found.append(_("%(target)s: its day has passed, %(day)s") % {"target": name, "day": row.target.due})
    unmeasured = [row.target for row in rows if measure_of(row.target.measure) is None]
    if unmeasured:
        many = len(unmeasured)
        said = ngettext("%(n)s target is not measured yet", "%(n)s targets are not measured yet", many) % {"n": many}
        found.append(said)
    return found
