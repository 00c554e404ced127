"""What plans hold of people: who is responsible in a village, and who needs help there."""

from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.destruction.rooms import Counts, Keys, Room, add

from .models import Plan, PlanAnswers, PlanState


def _held(records: Keys) -> Counts:
    return {"answers": PlanAnswers.objects.filter(plan__in=records).count()}


def _remove(records: Keys, _order: int) -> Counts:
    count, _by_model = PlanAnswers.objects.filter(plan__in=records).delete()
    return {"answers": count} if count else {}


def _obstacles(records: Keys, held: bool) -> dict[int, str]:
    found = Plan.objects.filter(pk__in=records, state__in=(PlanState.FILED, PlanState.DUE), record__archived_at=None)
    if held:
        found = found.select_for_update(of=("self",))
    return dict.fromkeys(found.values_list("pk", flat=True), "plan_in_force")


add(
    Room(
        name="plans",
        things={"answers": _("what villages said of who is responsible and who needs help")},
        held=_held,
        remove=_remove,
        kinds=("plan",),
        obstacles=_obstacles,
        reasons={"plan_in_force": _("the plan is in force")},
    )
)

from .checks import destroying as _checks  # noqa: E402, F401  (registers itself)
