"""What orders, their chains, links and answers hold of people. An order goes with what it is about, never alone."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.destruction.rooms import Counts, Keys, Room, add
from fenghuo.kernel.messaging.destroying import forget_incoming
from fenghuo.kernel.messaging.models import Incoming

from .models import Answer, Assignment, Link, Step
from .states import OPEN


def _held(records: Keys) -> Counts:
    ours = {"assignment__in": records}
    return {
        "orders": Assignment.objects.filter(record__in=records).exclude(text="").count(),
        "asked": Step.objects.filter(**ours).exclude(name="", phone="", email="").count(),
        "replies": Answer.objects.filter(**ours).exclude(text="", name="").count(),
    }


def _remove(records: Keys, _order: int) -> Counts:
    """States, times and ways stay; a link opens nothing any more, since whom it was for is not known."""
    if not Assignment.objects.filter(record__in=records).exists():
        return {}
    ours = {"assignment__in": records}
    forget_incoming(Incoming.objects.filter(pk__in=_replies_used(records)))
    counts = dict(_held(records))
    Step.objects.filter(**ours).update(name="", phone="", email="", person=None)
    Answer.objects.filter(**ours).update(name="", text="")
    Link.objects.filter(**ours).delete()
    Assignment.objects.filter(record__in=records, to__kind="person").update(to_name="")
    Assignment.objects.filter(record__in=records).update(text="", place="", latitude=None, longitude=None)
    return counts


def _replies_used(records: Keys) -> list[int]:
    """Replies by SMS that were answers to these orders, whichever message they came in answer to (see replies)."""
    keys = Answer.objects.filter(assignment__in=records, key__startswith="sms:").values_list("key", flat=True)
    return [int(number) for key in keys if (number := (key or "").removeprefix("sms:")).isdigit()]


def _belongs(records: Keys) -> Iterable[int]:
    return Assignment.objects.filter(about__in=records).values_list("pk", flat=True)


def _owners(records: Keys) -> dict[int, list[int]]:
    found = Assignment.objects.filter(record__in=records).values_list("pk", "about_id")
    return {pk: [about] for pk, about in found}


def _obstacles(records: Keys, held: bool) -> dict[int, str]:
    found = Assignment.objects.filter(record__in=records, state__in=OPEN)
    if held:
        found = found.select_for_update(of=("self",))
    return dict.fromkeys(found.values_list("pk", flat=True), "order_open")


add(
    Room(
        name="assignments",
        things={"orders": _("orders"), "asked": _("names and telephones of who was asked"), "replies": _("answers")},
        held=_held,
        remove=_remove,
        belongs=_belongs,
        owners=_owners,
        obstacles=_obstacles,
        reasons={"order_open": _("the order is still being carried out")},
    )
)
