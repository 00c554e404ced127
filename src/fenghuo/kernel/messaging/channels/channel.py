"""What a channel is: it sends one message, and says of an error whether a retry can help."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as a channel needs it; nothing of it is asked of the database any more.

    `doubtful`: an earlier attempt may have been accepted; the same `reference` was sent with it.
    """

    reference: str
    address: str
    subject: str
    text: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """The other side has taken it over. `gateway_id` is its own name for it, `said` what it answered."""

    gateway_id: str = ""
    said: str = ""


class NotSent(Exception):
    """It was not accepted. `again`: a retry can help; `unknown`: it may have been accepted all the same."""

    def __init__(self, said: str, *, again: bool, unknown: bool = False) -> None:
        super().__init__(said)
        self.said, self.again, self.unknown = said.replace("\x00", "")[:500], again, unknown


class Channel(Protocol):
    """One folder of channels/. `outside`: it leaves the house. `lanes`: how many are sent at the same time.

    `lease_s`: longer than any sending lasts; what a dead worker was sending is due again after so many seconds.
    """

    name: str
    outside: bool
    lanes: int
    lease_s: float

    def obstacle(self) -> str:
        """Why nothing can be sent at all at present (see words.REASONS), "" when all is well."""
        ...

    def send(self, outgoing: Outgoing) -> Accepted:
        """Called from several threads. Raises: NotSent."""
        ...

    def find(self, reference: str) -> Accepted | None:
        """What the other side knows of an earlier attempt; None: nothing, or it cannot be asked. Raises: NotSent."""
        ...
