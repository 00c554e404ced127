"""Many messages, each with its own text and record: orders that go out together."""

from collections.abc import Sequence
from dataclasses import dataclass

from fenghuo.kernel.access.actor import Actor

from ..models import Message
from ..receivers import Receiver
from .notifying import notify


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to one receiver; see notify."""

    receiver: Receiver
    text: str
    record: int
    link: str = ""


def notify_each(notices: Sequence[Notice], *, by: Actor) -> list[Message]:
    """As notify for each, in the caller's transaction."""
    made = []
    for one in notices:
        made += notify([one.receiver], one.text, record=one.record, by=by, link=one.link)
    return made
