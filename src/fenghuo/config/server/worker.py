"""The worker process: the sequencer, and later the clocks and the outbox."""

import os
import signal
import sys
import threading
from typing import Any

import django


def main() -> None:
    pipe = int(sys.argv[1])
    django.setup()
    from fenghuo.kernel.journal.sequencer import Sequencer

    stop = threading.Event()

    def told(*_args: Any) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    threading.Thread(target=_wait_for_end, args=(pipe, stop), daemon=True).start()
    Sequencer(stop).run()


def _wait_for_end(pipe: int, stop: threading.Event) -> None:
    """The parent alone holds the other end: end of file means that it has died."""
    os.read(pipe, 1)
    stop.set()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
    main()
