"""The chain of an order: who is asked when, as long as nobody answers. Set by this county, no law."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .models import StepKind
from .receivers import Contact

# Minutes between one step and the next (本县设定): time to hear the telephone and to answer.
REMIND_AFTER = timedelta(minutes=3)
NEXT_AFTER = timedelta(minutes=3)
MOST_ASKED = 4  # after so many the desk calls by hand


@dataclass(frozen=True, slots=True)
class Planned:
    kind: StepKind
    due_at: datetime
    contact: Contact | None


def chain_for(contacts: Sequence[Contact], start: datetime, *, needs_ack: bool) -> list[Planned]:
    """First the first, then a reminder, then the next in line …, at last back to who issued it.

    Without anybody to ask it goes back to the desk at once: a vacant post must not swallow an order.
    """
    if not needs_ack:
        return [Planned(StepKind.FIRST, start, contacts[0])] if contacts else []
    steps: list[Planned] = []
    at = start
    for place, contact in enumerate(contacts[:MOST_ASKED]):
        steps.append(Planned(StepKind.NEXT if place else StepKind.FIRST, at, contact))
        at += REMIND_AFTER
        if place == 0:
            steps.append(Planned(StepKind.REMINDER, at, contact))
            at += NEXT_AFTER
    return [*steps, Planned(StepKind.DESK, at, None)]
