"""One act that reminds all who lack a plan; nobody twice within some days."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import batched

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotAllowed
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.access.scoped import visible
from fenghuo.kernel.access.sight import Sight
from fenghuo.kernel.journal.recording import Draft, record, record_many
from fenghuo.kernel.messaging.receivers import Receiver
from fenghuo.kernel.messaging.services import Notice, notify_each
from fenghuo.kernel.registry.selectors import posts_held
from fenghuo.kernel.web.words import listed

from ..models import Duty, DutyState
from ..words import plan_kind_name

AGAIN_AFTER = timedelta(days=7)  # 本县设定
CHUNK = 25  # duties in one transaction
MOST = 2000  # duties in one act
HOLDERS = (Role.HEAD, Role.CLERK, Role.DUTY_LEADER, Role.DUTY_OFFICER)  # the first of these that somebody holds


@dataclass(frozen=True, slots=True)
class Reminded:
    """`units` were written to, `unreachable` of them cannot be reached; `left`: more than one act takes."""

    units: int
    unreachable: int
    left: int


def may_remind(by: Actor) -> bool:
    """Those above: by block or by line. Nobody reminds their own unit only."""
    return by.may("plans.remind") and by.sight in (Sight.BLOCK, Sight.LINE, Sight.ALL)


def remindable() -> Q:
    """Which duties may be reminded of now."""
    return ~Q(state=DutyState.FILED) & (Q(reminded_at=None) | Q(reminded_at__lt=timezone.now() - AGAIN_AFTER))


def remind(duties: Collection[int], *, by: Actor) -> Reminded:
    """Write to the holders of the units' posts, once for each unit, of what is lacking. Those who were reminded within
    AGAIN_AFTER, or have filed meanwhile, are passed over. In transactions of CHUNK, each whole in itself.

    Raises: NotAllowed.
    """
    require(by, "plans.remind")
    if not may_remind(by):
        raise NotAllowed(_("Only those above a unit remind it."))
    asked = Duty.objects.filter(visible(by, "unit__record__"), remindable(), pk__in=list(duties))
    pairs = list(asked.order_by("unit", "pk").exclude(unit=by.unit_id).values_list("pk", flat=True))
    written, unreachable = set[int](), set[int]()
    for keys in batched(pairs[:MOST], CHUNK, strict=False):
        told, lost = _remind(keys, by)
        written |= told
        unreachable |= lost
    if written and by.unit_id is not None:
        with transaction.atomic():
            public = {"units": len(written), "unreachable": len(unreachable)}
            record("plan.reminded", by, about=[by.unit_id], public=public)
    return Reminded(len(written), len(unreachable), max(0, len(pairs) - MOST))


@transaction.atomic
def _remind(keys: Collection[int], by: Actor) -> tuple[set[int], set[int]]:
    """(units written to, those of them that cannot be reached)."""
    held = Duty.objects.select_for_update(of=("self",), skip_locked=True).filter(remindable(), pk__in=keys)
    rows = list(held.select_related("unit__record"))
    by_unit: dict[int, list[Duty]] = {}
    for row in rows:
        by_unit.setdefault(row.unit_id, []).append(row)
    units = {row.unit_id: row.unit for row in rows}
    receivers = receivers_of(units.values())
    notices, unreachable = [], set[int]()
    with override(settings.LANGUAGE_CODE):
        for unit, lacking in by_unit.items():
            text = _text(units[unit], lacking)
            notices += [
                Notice(one, text, unit, str(_("Emergency plan")), settings.BASE_URL + reverse("plans:quick"))
                for one in receivers[unit]
            ]
    messages = notify_each(notices, by=by)
    reached = {message.record_id for message in messages if message.channel != "none"}
    unreachable = set(by_unit) - reached
    Duty.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=timezone.now())
    record_many(
        [
            Draft("plan.unit_reminded", by, [unit], public={"plans": [row.plan_kind for row in lacking]})
            for unit, lacking in by_unit.items()
        ]
    )
    return set(by_unit), unreachable


def receivers_of(units: Iterable[Unit]) -> dict[int, list[Receiver]]:
    """By unit: the holders of its first post of HOLDERS; where nobody holds any, its own telephone. 1 query."""
    there = {unit.pk: unit for unit in units}
    held: dict[int, dict[str, list[Receiver]]] = {}
    for post in posts_held(timezone.localdate()).filter(unit__in=list(there), role__in=HOLDERS).order_by("pk"):
        one = post.person
        receiver = Receiver(one.name, one.pk, post.unit_id, one.mobile, one.email)
        held.setdefault(post.unit_id, {}).setdefault(post.role, []).append(receiver)
    return {
        pk: next(
            (held[pk][role] for role in HOLDERS if role in held.get(pk, {})),
            [Receiver(unit.name, None, unit.pk, unit.phone)],
        )
        for pk, unit in there.items()
    }


def _text(unit: Unit, lacking: Iterable[Duty]) -> str:
    kinds = listed(f"{plan_kind_name(row.plan_kind)} ({row.get_state_display()})" for row in lacking)
    return _(
        "%(unit)s has no valid plan on file: %(kinds)s. A photo of the paper plan and five short answers are enough: "
        "{link}"
    ) % {"unit": unit.name, "kinds": kinds}
