"""Plans as far as an actor may see them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require

from ..models import Plan


def plans(actor: Actor, *, text: str = "") -> QuerySet[Plan]:
    """Those in the register, with record and unit, by number. `text`: name, pinyin or initials, number, or unit."""
    require(actor, "plans.read")
    found = Plan.objects.visible_to(actor).filter(record__archived_at=None)
    found = found.select_related("record__region", "record__unit").order_by("record__number")
    return found.filter(worded(text.strip())) if text.strip() else found


def plan(actor: Actor, number: str) -> Plan:
    """One plan by its number (P-2026-0001), archived or not. Raises: NotFound, also for what may not be seen."""
    require(actor, "plans.read")
    found = Plan.objects.visible_to(actor).select_related("record__region", "record__unit__region", "replaces__record")
    one = found.prefetch_related("covers_rows").filter(record__number=number.replace("\x00", "")).first()
    if one is None:
        raise NotFound(_("There is no such plan, or you may not see it."))
    return one


def editions_of(actor: Actor, one: Plan) -> list[Plan]:
    """All editions in the line of this one that the actor may see, the newest first. A query for each of them."""
    found, seen = [one], {one.pk}
    older = one.replaces_id
    while older is not None and older not in seen:
        before = Plan.objects.visible_to(actor).select_related("record").filter(pk=older).first()
        if before is None:
            break
        found.append(before)
        seen.add(before.pk)
        older = before.replaces_id
    newer = one.pk
    while True:
        after = Plan.objects.visible_to(actor).select_related("record").filter(replaces=newer, record__archived_at=None)
        following = after.order_by("-pk").first()
        if following is None or following.pk in seen:
            return found
        found.insert(0, following)
        seen.add(following.pk)
        newer = following.pk


def worded(words: str) -> Q:
    key = words.lower().replace(" ", "")
    named = Plan.objects.filter(record__names__keys__contains=key).values("pk")
    return Q(pk__in=named) | Q(record__number__icontains=words) | Q(record__unit__name__contains=words)
