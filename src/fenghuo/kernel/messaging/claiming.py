"""Taking due messages for sending: a conditional update, so that each is sent by one worker only."""

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, QuerySet

from .channels import Channel, Outgoing
from .gate import may_leave
from .models import STOPPED, Attempt, Message, MessageState
from .schedule import GIVEN_UP_AFTER, LATEST_BEGIN, LOOK_AGAIN


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed message. `latest`: the monotonic second after which its sending may not begin any more."""

    channel: str
    message: int
    attempt: int
    claim: str
    tries: int
    began_at: datetime
    outgoing: Outgoing
    latest: float


ANYTHING = (
    "SELECT 1 FROM messaging_message WHERE state IN ('waiting', 'sending') AND channel IN ('sms', 'email') "
    "AND due_at <= %s UNION ALL SELECT 1 FROM messaging_message WHERE state = 'failed' AND NOT journalled LIMIT 1"
)


def anything_to_do(now: datetime) -> bool:
    """One small query, written out: on SQLite it is asked after every commit of anybody, also while intake runs."""
    with connection.cursor() as cursor:
        cursor.execute(ANYTHING, [connection.ops.adapt_datetimefield_value(now)])
        return cursor.fetchone() is not None


def claim_due(channel: Channel, room: int, now: datetime) -> list[Job]:
    """At most `room` due messages of this channel, theirs for the length of a lease, each with its attempt on record.

    A message that a dead worker was sending is due again when its lease has ended. The gate is asked here, with the
    record's flags as they are now. Without anything due there is no transaction.
    """
    due = Message.objects.filter(
        channel=channel.name, state__in=(MessageState.WAITING, MessageState.SENDING), due_at__lte=now
    )
    if not due.exists():
        return []
    if why := channel.obstacle():
        _postpone(due, why, now)
        return []
    lease = timedelta(seconds=channel.lease_s)
    with transaction.atomic():
        rows = due.select_for_update(skip_locked=True, of=("self",)).select_related("record").order_by("due_at", "pk")
        going = list(_past_the_gate(list(rows[:room]), due, channel, now))
        latest, claim = time.monotonic() + LATEST_BEGIN, secrets.token_hex(16)
        due.filter(pk__in=[message.pk for message in going]).update(
            state=MessageState.SENDING, claim=claim, due_at=now + lease, tries=F("tries") + 1, doubtful=True
        )
        mine = set(Message.objects.filter(claim=claim, state=MessageState.SENDING).values_list("pk", flat=True))
        going = [message for message in going if message.pk in mine]
        attempts = Attempt.objects.bulk_create(Attempt(message=message, at=now) for message in going)
    return [
        Job(
            channel=channel.name,
            message=message.pk,
            attempt=attempt.pk,
            claim=claim,
            tries=message.tries + 1,
            began_at=message.began_at,
            outgoing=Outgoing(message.reference, message.address, message.subject, message.text, message.doubtful),
            latest=latest,
        )
        for message, attempt in zip(going, attempts, strict=True)
    ]


def _past_the_gate(rows: list[Message], due: QuerySet[Message], channel: Channel, now: datetime) -> Iterable[Message]:
    """Those that may leave; the others are held from now on. What was cancelled under a worker that died ends here."""
    for message in rows:
        if message.why == STOPPED:
            _cancel(due.filter(pk=message.pk), now)
            continue
        verdict = may_leave(
            outside=channel.outside,
            exercise=message.record.exercise,
            demo=message.record.demo,
            approved=message.approved,
            restricted=message.restricted,
        )
        if verdict.leaves:
            yield message
        else:
            due.filter(pk=message.pk).update(state=MessageState.HELD, why=verdict.why, due_at=None, claim="")


def _cancel(stopped: QuerySet[Message], now: datetime) -> None:
    stopped.update(state=MessageState.CANCELLED, why="", due_at=None, claim="", ended_at=now)


@transaction.atomic
def _postpone(due: QuerySet[Message], why: str, now: datetime) -> None:
    """The channel cannot send at all: say so on the rows, look again soon, and give up after a day."""
    _cancel(due.filter(why=STOPPED), now)
    late = due.filter(began_at__lte=now - GIVEN_UP_AFTER)
    late.update(state=MessageState.FAILED, why=why, due_at=None, claim="", ended_at=now)
    due.update(state=MessageState.WAITING, why=why, due_at=now + LOOK_AGAIN, claim="")
