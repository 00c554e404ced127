"""The threads that send for one channel. They ask nothing of the database."""

import logging
import threading
import time
from queue import Empty, SimpleQueue

from django.utils import timezone

from .channels import Accepted, Channel, NotSent, Outgoing
from .claiming import Job
from .outcomes import Ended

LOG = logging.getLogger(__name__)
AHEAD = 4  # jobs claimed ahead for each thread


class Lanes:
    """Each channel has its own, so that one that hangs does not hold up another. What ended goes to `done`."""

    def __init__(self, channel: Channel, done: "SimpleQueue[Ended]") -> None:
        self.channel, self.in_flight = channel, 0
        self._done = done
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        # Daemons: one that hangs in a gateway must not hold up the end of the process.
        for number in range(channel.lanes):
            threading.Thread(target=self._work, name=f"{channel.name} {number}", daemon=True).start()

    @property
    def room(self) -> int:
        """How many more jobs to claim; none until there is room for a whole round."""
        room = self.channel.lanes * AHEAD - self.in_flight
        return room if room >= self.channel.lanes else 0

    def put(self, jobs: list[Job]) -> None:
        self.in_flight += len(jobs)
        for job in jobs:
            self._jobs.put(job)

    def stop(self) -> None:
        """What has not begun is given back; the threads end after what they are doing."""
        while True:
            try:
                job = self._jobs.get_nowait()
            except Empty:
                break
            if job is not None:
                self._done.put(Ended(job, timezone.now()))
        for _lane in range(self.channel.lanes):
            self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            if time.monotonic() > job.latest:
                self._done.put(Ended(job, timezone.now()))
                continue
            try:
                accepted = deliver(self.channel, job.outgoing)
                self._done.put(Ended(job, timezone.now(), accepted=accepted))
            except NotSent as error:
                self._done.put(Ended(job, timezone.now(), error=error))
            except Exception as error:
                LOG.exception("%s failed in a way it does not know", self.channel.name)
                unknown = NotSent(f"{type(error).__name__}: {error}", again=True, unknown=True)
                self._done.put(Ended(job, timezone.now(), error=unknown))


def deliver(channel: Channel, outgoing: Outgoing) -> Accepted:
    """One attempt. After one whose end nobody knows, the other side is asked first. Raises: NotSent."""
    if outgoing.doubtful and (found := channel.find(outgoing.reference)):
        return found
    return channel.send(outgoing)
