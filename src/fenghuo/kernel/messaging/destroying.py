"""What the outbox and the gateway's callbacks hold of people: texts, telephones, addresses, links, bodies."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.destruction.rooms import Counts, Keys, Room, add, not_destroyed

from .models import Attempt, Incoming, Message, MessageState

UNDER_WAY = (MessageState.WAITING, MessageState.SENDING)
NOBODY = {"text": "", "subject": "", "name": "", "address": "", "link": "", "person": None}
UNSAID = {"phone": "", "text": "", "body": "", "note": "", "status": ""}


def _messages(records: Keys) -> QuerySet[Message]:
    return Message.objects.filter(record__in=records).exclude(text="", address="", name="", link="")


def _incoming(records: Keys) -> QuerySet[Incoming]:
    return Incoming.objects.filter(Q(record__in=records) | Q(message__record__in=records)).exclude(body="", text="")


def _held(records: Keys) -> Counts:
    return {"messages": _messages(records).count(), "incoming": _incoming(records).count()}


def _remove(records: Keys, _order: int) -> Counts:
    """Rows stay with their states and times: how many were told, when, and whether it arrived, is no secret."""
    incoming = forget_incoming(_incoming(records))
    if not _messages(records).exists():
        return {"incoming": incoming}
    Attempt.objects.filter(message__record__in=records).exclude(said="").update(said="")
    return {"messages": _messages(records).update(**NOBODY), "incoming": incoming}


def forget_incoming(rows: QuerySet[Incoming]) -> int:
    """Blank what came in; how many rows held anything. For rooms above that know which replies were theirs."""
    keys = list(rows.values_list("pk", flat=True))
    if not keys:
        return 0
    found = Incoming.objects.filter(pk__in=keys)
    # Where the gateway gave it no name, the key is a digest of telephone and words, which can be guessed.
    found.filter(gateway_id="").update(key=Concat(Value("destroyed "), Cast("pk", CharField())))
    return found.update(**UNSAID)


def _belongs(records: Keys) -> Iterable[int]:
    """What stands on the list of what nobody could use, in answer to messages about these records."""
    found = Incoming.objects.filter(message__record__in=records, record__isnull=False)
    return [pk for pk in found.values_list("record", flat=True) if pk is not None]


def _owners(records: Keys) -> dict[int, list[int]]:
    found = Incoming.objects.filter(record__in=records, message__isnull=False)
    return {one: [other] for one, other in found.values_list("record", "message__record") if one and other}


def _obstacles(records: Keys, held: bool) -> dict[int, str]:
    sending = Message.objects.filter(record__in=records, state__in=UNDER_WAY)
    unsettled = Incoming.objects.filter(record__in=records, settled_at__isnull=True)
    if held:
        sending, unsettled = sending.select_for_update(of=("self",)), unsettled.select_for_update(of=("self",))
    found: dict[int, str] = dict.fromkeys(sending.values_list("record_id", flat=True), "message_under_way")
    return found | {pk: "not_dealt_with" for pk in unsettled.values_list("record_id", flat=True) if pk}


def _due(before: datetime) -> Iterable[int]:
    found = Incoming.objects.filter(not_destroyed("record"), record__isnull=False, settled_at__lt=before)
    return found.order_by("pk").values_list("record_id", flat=True).iterator()


add(
    Room(
        name="messaging",
        things={"messages": _("messages sent"), "incoming": _("replies and receipts")},
        held=_held,
        remove=_remove,
        kinds=("incoming",),
        belongs=_belongs,
        owners=_owners,
        obstacles=_obstacles,
        reasons={
            "message_under_way": _("a message about it is still on its way"),
            "not_dealt_with": _("nobody has dealt with it yet"),
        },
        due={"incoming": _due},
    )
)
