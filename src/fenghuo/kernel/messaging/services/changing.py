"""What people do with messages that are written: approve, cancel, send again, let a failure rest."""

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotFound, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.journal.recording import record as put_on_record

from ..gate import Why
from ..models import NOT_LEFT, STOPPED, ChannelName, Message, MessageState
from ..waking import wake


@transaction.atomic
def approve_messages(record: models.Model | int, *, by: Actor) -> int:
    """What waits for approval about this record may leave now, if nothing else forbids it; how many.

    Raises: NotFound, NotAllowed.
    """
    about = _record(record)
    require(by, "messages.approve", about)
    now = timezone.now()
    waiting = Message.objects.filter(record=about, approved=False).exclude(state=MessageState.CANCELLED)
    waiting.filter(state=MessageState.HELD, why=Why.NOT_APPROVED).update(
        state=MessageState.WAITING, why="", due_at=now, began_at=now
    )
    count = waiting.update(approved=True)
    if count:
        put_on_record("message.approved", by, about=[about], public={"count": count})
        transaction.on_commit(wake)
    return count


def cancel_messages(record: models.Model | int, *, by: Actor) -> int:
    """What has not left about this record never will; how many. What is being sent at this moment is not tried again.

    Inside the caller's transaction, as part of its verb, whose right has been asked; its entry tells of it.
    """
    about, now = _record(record), timezone.now()
    ours = Message.objects.filter(record=about)
    failed = ours.filter(state=MessageState.FAILED)
    failed.filter(settled_at=None).update(settled_at=now)
    failed.exclude(channel=ChannelName.CALL).update(why=STOPPED)  # and nobody sends it again
    ours.filter(state=MessageState.SENDING).update(why=STOPPED)
    unsent = ours.filter(state__in=NOT_LEFT)
    return unsent.update(state=MessageState.CANCELLED, why="", due_at=None, ended_at=now)


def may_be_sent_again(message: Message) -> bool:
    """Whether it failed and was not cancelled; what somebody noted of a call is no message."""
    failed = message.state == MessageState.FAILED and message.channel != ChannelName.CALL
    return failed and message.why != STOPPED


@transaction.atomic
def send_again(message: Message, *, by: Actor) -> Message:
    """Begin anew with one that has failed, under its own reference, so that the gateway knows a repeat.

    Raises: NotFound, NotAllowed, WrongState.
    """
    require(by, "messages.write", _record(message.record_id))
    message = Message.objects.select_for_update().get(pk=message.pk)
    if not may_be_sent_again(message):
        raise WrongState(_("Only a message that has failed can be sent again."))
    now = timezone.now()
    message.state, message.why, message.due_at, message.began_at = MessageState.WAITING, "", now, now
    message.ended_at = message.settled_at = None
    message.tries, message.journalled = 0, False
    message.save(update_fields=["state", "why", "due_at", "began_at", "ended_at", "settled_at", "tries", "journalled"])
    put_on_record(
        "message.sent_again",
        by,
        about=[message.record_id],
        public={"channel": message.channel},
        private={"receiver": message.name, "address": message.address},
    )
    transaction.on_commit(wake)
    return message


@transaction.atomic
def settle_failure(message: Message, *, by: Actor, note: str) -> Message:
    """Somebody has dealt with it in another way and says how. Raises: NotFound, NotAllowed, WrongState, Invalid."""
    require(by, "messages.write", _record(message.record_id))
    if not note.strip():
        raise Invalid(Fault("note", _("say what was done"), note))
    open_failures = Q(state__in=(MessageState.FAILED, MessageState.UNREACHABLE), settled_at=None)
    if not Message.objects.filter(open_failures, pk=message.pk).update(settled_at=timezone.now()):
        raise WrongState(_("Nothing is left to be done about this message."))
    put_on_record(
        "message.settled",
        by,
        about=[message.record_id],
        public={"channel": message.channel},
        private={"receiver": message.name, "note": note.strip()[:500]},
    )
    message.refresh_from_db()
    return message


@transaction.atomic
def read_message(message: Message, *, by: Actor) -> Message:
    """The person it is for has read it. Not journalled: whoever answers, acknowledges. Raises: NotFound."""
    own = Message.objects.filter(pk=message.pk, channel=ChannelName.IN_APP, person=by.person_id)
    if by.person_id is None or not own.exists():
        raise NotFound(_("There is no such message for you."))
    own.filter(state=MessageState.SENT).update(state=MessageState.DELIVERED, delivered_at=timezone.now())
    message.refresh_from_db()
    return message


def _record(record: models.Model | int) -> Record:
    return Record.objects.get(pk=record if isinstance(record, int) else record.pk)
