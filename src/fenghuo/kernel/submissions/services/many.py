"""Accepting many at once: in chunks of short transactions, each with its own result."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

from django.db import transaction

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Refused

from ..models import Submission
from ..telling import tell_senders
from .settling import accept_quietly

LONGEST_S = 0.03  # after so long a transaction takes no further one: other writers wait on SQLite
MOST = 500


@dataclass(frozen=True, slots=True)
class Result:
    """`receipt` when it was accepted, else `why` not."""

    key: int
    number: str
    receipt: str = ""
    why: str = ""


def accept_many(found: Sequence[Submission], *, by: Actor) -> Iterator[Result]:
    """One after the other as they are asked for; what fails leaves the others alone. `found` with record.

    Outside any transaction.
    """
    waiting = deque(found[:MOST])
    while waiting:
        yield from _chunk(waiting, by)


@transaction.atomic
def _chunk(waiting: deque[Submission], by: Actor) -> list[Result]:
    """As many as fit into a short transaction, at least one; their senders are told together."""
    results, accepted, begun = list[Result](), list[Submission](), monotonic()
    while waiting and (not results or monotonic() - begun < LONGEST_S):
        one = waiting.popleft()
        try:
            with transaction.atomic():
                done = accept_quietly(one, by=by)
            accepted += done
            results.append(Result(one.pk, one.record.number, receipt=done[0].receipt))
        except Refused as refused:
            results.append(Result(one.pk, one.record.number, why=str(refused)))
    tell_senders(accepted, "accepted", by=by)
    return results
