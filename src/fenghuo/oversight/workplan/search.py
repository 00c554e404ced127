from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.search import Hit, Provider, add

from .models import PlanState, Target
from .selectors import letters, plans

IN_PLAN = ("clause__place", "place")


def _find(actor: Actor, query: str, limit: int) -> list[Hit]:
    """Targets of the plans in force by their words and their clause, then letters by number and unit."""
    if not actor.may("workplans.read"):
        return []
    words = Q(title__icontains=query) | Q(clause__number=query) | Q(clause__title__icontains=query)
    in_force = plans(actor).filter(state=PlanState.IN_FORCE).order_by().values("pk")
    targets = Target.objects.filter(words, clause__plan__in=in_force, until=None, clause__withdrawn_at=None)
    found = [
        Hit(
            title=one.title,
            note=f"{one.clause.number} {one.clause.title} · {_('due %(day)s') % {'day': one.due.isoformat()}}",
            url=reverse("workplan:plan", args=[one.clause.plan.record.number]) + f"#target-{one.pk}",
            kind=_("Target of the work plan"),
        )
        for one in targets.select_related("clause__plan__record").order_by("-clause__plan", *IN_PLAN)[:limit]
    ]
    sent = letters(actor).prefetch_related(None) if len(found) < limit else letters(actor).none()
    named = Q(record__number__istartswith=query) | Q(to__name__icontains=query) | Q(record__title__icontains=query)
    return found + [
        Hit(
            title=f"{one.record.number} {one.to.name}",
            note=one.plan.record.title,
            url=reverse("workplan:letter", args=[one.record.number]),
            kind=_("Supervision letter"),
        )
        for one in sent.filter(named).select_related("plan__record")[: limit - len(found)]
    ]


add(Provider(name="workplan", find=_find, last=True))
