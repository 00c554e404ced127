"""The parent process: starts the children, starts them again when one dies, and ends them all with itself."""

import logging
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

from .watching import Watch

LOG = logging.getLogger(__name__)
LONGEST_END = 4.0  # seconds until a child that does not stop is killed
STEADY = 10.0  # a child that lived so long starts again at once
LONGEST_WAIT = 10.0


@dataclass
class Child:
    """`words`: the module and its arguments; the pipe's number is added as the last one. `given`: more open files."""

    name: str
    words: list[str]
    given: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    again_at: float = 0.0


@dataclass
class Tree:
    children: list[Child]
    watch: Watch | None = None
    ending: bool = False
    _pipe: tuple[int, int] = field(default_factory=os.pipe)

    def run(self) -> int:
        """Until SIGTERM or SIGINT. Exit code 0, also when a child had to be killed."""
        for wanted in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wanted, self._end)
        # Only this process keeps the writing end: however it dies, its children read the end of the file.
        os.set_inheritable(self._pipe[1], False)
        while not self.ending:
            if self.watch and self.watch.changed():
                LOG.warning("the code has changed: starting again")
                self._stop_all()
                for child in self.children:
                    child.process = None
            for child in self.children:
                self._look_after(child)
            time.sleep(0.05)
        self._stop_all()
        return 0

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self.ending = True

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.again_at:
                self._start(child, now)
            return
        code = child.process.poll()
        if code is None or self.ending:
            return
        child.deaths = 0 if now - child.started > STEADY else child.deaths + 1
        wait = min(LONGEST_WAIT, 0.2 * 2**child.deaths) if child.deaths else 0.0
        LOG.error("%s ended with %s; starting it again in %.1f s", child.name, code, wait)
        child.process, child.again_at = None, now + wait

    def _start(self, child: Child, now: float) -> None:
        read = self._pipe[0]
        # A session of its own: Ctrl-C in the terminal reaches only the parent, which ends them in order.
        child.process = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", *child.words, str(read)], pass_fds=(read, *child.given), start_new_session=True
        )
        child.started = now

    def _stop_all(self) -> None:
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        end = time.monotonic() + LONGEST_END
        for process in running:
            try:
                process.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
