"""What may be asked of messages; always of one actor, through the records they are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record

from .gate import Why
from .models import ChannelName, Incoming, Message, MessageState
from .words import state_said

OPEN_FAILURE = Q(state__in=(MessageState.FAILED, MessageState.UNREACHABLE), settled_at__isnull=True)
STUCK = Q(state=MessageState.WAITING, why__in=("not_set_up", "misconfigured"))
FILTERS = {
    "waiting": Q(state__in=(MessageState.WAITING, MessageState.SENDING)),
    "held": Q(state=MessageState.HELD),
    "failed": Q(state__in=(MessageState.FAILED, MessageState.UNREACHABLE)),
    "sent": Q(state__in=(MessageState.SENT, MessageState.DELIVERED)),
    "cancelled": Q(state=MessageState.CANCELLED),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """How one message stands. `said`: state and reason in the reader's language; `at`: since when it stands so.

    `open_failure`: it did not arrive, and nobody has dealt with that yet. `text`, `link`: as this reader may see them.
    """

    id: int
    record: int
    channel: str
    channel_word: str
    name: str
    person: int | None
    unit: int | None
    address: str
    text: str
    link: str
    state: str
    why: str
    said: str
    attempts: int
    created_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    ended_at: datetime | None
    due_at: datetime | None
    open_failure: bool

    @property
    def at(self) -> datetime:
        return self.ended_at or self.delivered_at or self.sent_at or self.created_at


def link_for(message: Message, actor: Actor) -> str:
    """The link in a message, or "" for who may not use it: whoever has it answers as the receiver, without a password.

    That is the person it was written to, and, where nothing leaves the house, whoever plays the receivers.
    """
    own = message.person_id is not None and message.person_id == actor.person_id
    played = message.state == MessageState.HELD and message.why in (Why.EXERCISE, Why.DEMO)
    return message.link if own or (played and actor.may("messages.write")) else ""


def text_for(message: Message, actor: Actor) -> str:
    """The text as it was written, without a link that is not for this reader."""
    if not message.link or link_for(message, actor):
        return message.text
    return message.text.replace(message.link, _("(link)"))


def messages_about(record_pks: Iterable[int], actor: Actor) -> dict[int, list[Shown]]:
    """The messages about these records that the actor may see, by record, in the order they were written. 1 query.

    A receiver has one row for each channel: the best of them is what to show where there is room for one.
    """
    if not actor.may("messages.read"):
        return {}
    seen = Record.objects.visible_to(actor).filter(pk__in=list(record_pks)).values("pk")
    found: dict[int, list[Shown]] = {}
    for message in Message.objects.filter(record__in=seen).order_by("pk"):
        found.setdefault(message.record_id, []).append(shown(message, actor))
    return found


def shown(message: Message, actor: Actor) -> Shown:
    return Shown(
        id=message.pk,
        record=message.record_id,
        channel=message.channel,
        channel_word=str(ChannelName(message.channel).label),
        name=message.name,
        person=message.person_id,
        unit=message.unit_id,
        address=message.address,
        text=text_for(message, actor),
        link=link_for(message, actor),
        state=message.state,
        why=message.why,
        said=state_said(message.state, message.why),
        attempts=message.tries,
        created_at=message.created_at,
        sent_at=message.sent_at,
        delivered_at=message.delivered_at,
        ended_at=message.ended_at,
        due_at=message.due_at,
        open_failure=message.state in (MessageState.FAILED, MessageState.UNREACHABLE) and message.settled_at is None,
    )


def outbox(actor: Actor, *, state: str = "", channel: str = "", text: str = "", record: int = 0) -> QuerySet[Message]:
    """Messages about records that the actor may see, newest first. Raises: NotAllowed."""
    require(actor, "messages.read")
    found = _visible(actor).select_related("record").order_by("-pk")
    if state in FILTERS:
        found = found.filter(FILTERS[state])
    if channel:
        found = found.filter(channel=channel)
    if record:
        found = found.filter(record=record)
    if words := text.strip():
        worded = Q(name__icontains=words) | Q(record__number__icontains=words) | Q(record__title__icontains=words)
        if actor.may("messages.write"):  # to others it is masked, and must not be guessed digit by digit
            worded |= Q(address__contains=words)
        found = found.filter(worded)
    return found


def message(actor: Actor, pk: int) -> Message:
    """One message: about a record that the actor may see, or written to them. Raises: NotFound, NotAllowed."""
    require(actor, "messages.read")
    own = Q(channel=ChannelName.IN_APP, person=actor.person_id) if actor.person_id is not None else Q()
    seen = Q(record__in=Record.objects.visible_to(actor).values("pk"))
    found = Message.objects.filter(seen | own if own else seen, pk=pk).select_related("record").first()
    if found is None:
        raise NotFound(_("There is no such message, or you may not see it."))
    return found


def unread(actor: Actor) -> QuerySet[Message]:
    """What was written to this person here and has not been read, oldest first."""
    mine = Message.objects.filter(channel=ChannelName.IN_APP, state=MessageState.SENT, person=actor.person_id)
    return (mine if actor.person_id is not None else mine.none()).select_related("record").order_by("pk")


def to_approve(actor: Actor) -> QuerySet[Message]:
    """What waits until somebody lets it leave."""
    return _visible(actor).filter(state=MessageState.HELD, why=Why.NOT_APPROVED)


def stuck(actor: Actor) -> QuerySet[Message]:
    """What waits because its channel is not set up, or with a mistake."""
    return _visible(actor).filter(STUCK)


def open_failures(actor: Actor) -> QuerySet[Message]:
    """What did not arrive and nobody has dealt with."""
    return _visible(actor).filter(OPEN_FAILURE)


def unusable(actor: Actor, *, settled: bool = False) -> QuerySet[Incoming]:
    """Receipts and replies that nobody could use, newest first. Raises: NotAllowed."""
    require(actor, "messages.settle")
    seen = Record.objects.visible_to(actor).filter(kind="incoming").values("pk")
    found = Incoming.objects.filter(record__in=seen, settled_at__isnull=not settled)
    return found.select_related("record", "message__record").order_by("-pk")


def unusable_message(actor: Actor, record_pk: int) -> Incoming:
    """One of them, settled or not. Raises: NotFound, NotAllowed."""
    require(actor, "messages.settle")
    seen = Record.objects.visible_to(actor).filter(kind="incoming").values("pk")
    found = (
        Incoming.objects.filter(record__in=seen.filter(pk=record_pk))
        .select_related("record", "message__record")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such message, or you may not see it."))
    return found


def _visible(actor: Actor) -> QuerySet[Message]:
    return Message.objects.filter(record__in=Record.objects.visible_to(actor).values("pk"))
