from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.submissions.models import Submission
from fenghuo.kernel.submissions.models.submissions import UNDER_WAY
from fenghuo.kernel.web.today import Item, Rows, Told, add, rows

from .models import Duty, DutyState, Plan
from .words import plan_kind_name

QUICK = (UnitKind.COMMITTEE, UnitKind.ENTERPRISE, UnitKind.SCHOOL, UnitKind.INSTITUTION)


def _show(told: Told) -> Item:
    state = DutyState(told.said["state"])
    return Item(
        title=_("%(kind)s: %(state)s") % {"kind": plan_kind_name(told.said["kind"]), "state": state.label},
        note=_("plan that your unit must have"),
        url=reverse("plans:quick"),
        button=_("File it"),
        since=told.since,
    )


@add("plans", _show)
def own_duties(actor: Actor) -> Rows | None:
    """What the own unit must have and has not; once it lies with others, they are the ones to act."""
    if not actor.may("plans.write") or actor.unit_id is None or actor.unit_kind not in QUICK:
        return None
    sent = Submission.objects.filter(state__in=UNDER_WAY).values("paper")
    lies_there = Plan.objects.filter(record__unit=OuterRef("unit"), kind=OuterRef("plan_kind"), pk__in=sent)
    lacking = Duty.objects.filter(~Exists(lies_there), unit=actor.unit_id).exclude(state=DutyState.FILED)
    return rows(lacking, since="since", kind="plan_kind", state="state")


from .checks import today as _checks  # noqa: E402, F401  (registers itself)
