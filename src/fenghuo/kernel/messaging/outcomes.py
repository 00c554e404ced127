"""Putting on record how attempts ended, many in one short transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from .channels import Accepted, NotSent
from .claiming import Job
from .models import STOPPED, Attempt, Message, MessageState, Outcome
from .schedule import next_try
from .services.receipts import match_early_receipts


@dataclass(frozen=True, slots=True)
class Ended:
    """How an attempt ended; with neither `accepted` nor `error` it never began and is given back."""

    job: Job
    at: datetime
    accepted: Accepted | None = None
    error: NotSent | None = None


@transaction.atomic
def record_ended(ended: Sequence[Ended]) -> None:
    """Only for messages that are still claimed as they were: whoever took one over meanwhile records it."""
    for one in ended:
        if one.accepted is not None:
            _accepted(one, one.accepted)
        elif one.error is not None:
            _not_accepted(one, one.error)
        else:
            _given_back(one)
    match_early_receipts([one.accepted.gateway_id for one in ended if one.accepted and one.accepted.gateway_id])


def _accepted(one: Ended, accepted: Accepted) -> None:
    known: dict[str, str | bool] = {"claim": "", "doubtful": False}
    if accepted.gateway_id:
        known["gateway_id"] = accepted.gateway_id
    held = Message.objects.filter(pk=one.job.message, claim=one.job.claim)
    sent = held.filter(state=MessageState.SENDING)
    if not sent.update(state=MessageState.SENT, why="", sent_at=one.at, due_at=None, **known):
        held.update(**known)  # its receipt was faster than the answer
    _attempt(one, Outcome.ACCEPTED, accepted.said)


def _not_accepted(one: Ended, error: NotSent) -> None:
    job = one.job
    again_at = next_try(job.tries, job.began_at, one.at) if error.again else None
    _attempt(one, Outcome.UNKNOWN if error.unknown else Outcome.AGAIN if error.again else Outcome.REFUSED, error.said)
    held = Message.objects.filter(pk=job.message, claim=job.claim, state=MessageState.SENDING)
    doubtful = error.unknown or job.outgoing.doubtful
    if _stopped(held, one, doubtful=doubtful):
        return
    if again_at is not None:
        why = "unknown" if error.unknown else "again"
        held.update(state=MessageState.WAITING, why=why, due_at=again_at, claim="", doubtful=doubtful)
        return
    why = "given_up" if error.again else "refused"
    held.update(state=MessageState.FAILED, why=why, due_at=None, claim="", doubtful=doubtful, ended_at=one.at)


def _stopped(held: QuerySet[Message], one: Ended, *, doubtful: bool) -> bool:
    """Whether it was cancelled while this attempt was being made; then there is no other."""
    cancelled = held.filter(why=STOPPED)
    return (
        cancelled.update(
            state=MessageState.CANCELLED, why="", due_at=None, claim="", doubtful=doubtful, ended_at=one.at
        )
        == 1
    )


def _given_back(one: Ended) -> None:
    held = Message.objects.filter(pk=one.job.message, claim=one.job.claim, state=MessageState.SENDING)
    if not _stopped(held, one, doubtful=one.job.outgoing.doubtful):
        held.update(
            state=MessageState.WAITING,
            due_at=one.at,
            claim="",
            tries=F("tries") - 1,
            doubtful=one.job.outgoing.doubtful,
        )
    Attempt.objects.filter(pk=one.job.attempt, outcome=Outcome.UNKNOWN).delete()


def _attempt(one: Ended, outcome: Outcome, said: str) -> None:
    Attempt.objects.filter(pk=one.job.attempt).update(outcome=outcome, ended_at=one.at, said=said[:500])
