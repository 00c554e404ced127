"""The worker process: everything that is done by itself, each in a thread of its own."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

import django

from .ending import tell_at_end

LOG = logging.getLogger(__name__)
LONGEST_END = 3.0  # seconds


def main() -> None:
    pipe = int(sys.argv[1])
    django.setup()
    from fenghuo.kernel.assignments.reminding import Reminder
    from fenghuo.kernel.clocks.ticking import Tick
    from fenghuo.kernel.destruction.working import Destroyer
    from fenghuo.kernel.documents.scanning.waiting import Rescanner
    from fenghuo.kernel.journal.sealing import Sealer
    from fenghuo.kernel.journal.sequencer import Sequencer
    from fenghuo.kernel.messaging.delivering import Deliverer
    from fenghuo.kernel.registers.importing.running import Importer
    from fenghuo.kernel.submissions.accepting import Acceptor
    from fenghuo.kernel.submissions.silence import Silence
    from fenghuo.kernel.witnesses.daily import DailyRoots
    from fenghuo.oversight.workplan.ticking import WorkPlanTick
    from fenghuo.readiness.plans.ticking import PlanTick

    from .daily_backup import DailyBackup

    stop = threading.Event()

    def told(*_args: Any) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    threading.Thread(target=tell_at_end, args=(pipe, stop.set), daemon=True).start()
    loops: dict[str, Callable[[], None]] = {
        "sequencer": lambda: Sequencer(stop).run(),
        "sealer": lambda: Sealer(stop).run(),
        "outbox": lambda: Deliverer(stop).run(),
        "reminders": lambda: Reminder(stop).run(),
        "backups": lambda: DailyBackup(stop).run(),
        "daily roots": lambda: DailyRoots(stop).run(),
        "destruction": lambda: Destroyer(stop).run(),
        "files": lambda: Rescanner(stop).run(),
        "papers accepted together": lambda: Acceptor(stop).run(),
        "imports": lambda: Importer(stop).run(),
        "clocks": lambda: Tick(stop).run(),
        "plans": lambda: PlanTick(stop).run(),
        "work plan": lambda: WorkPlanTick(stop).run(),
        "silence": lambda: Silence(stop).run(),
    }
    threads = [
        threading.Thread(target=keep_running, args=(name, loop, stop), name=name, daemon=True)
        for name, loop in loops.items()
    ]
    for thread in threads:
        thread.start()
    stop.wait()
    for thread in threads:
        thread.join(LONGEST_END)


def keep_running(name: str, loop: Callable[[], None], stop: threading.Event) -> None:
    """Run the loop until `stop`; one that breaks is logged and started again, and does not end its neighbours."""
    while not stop.is_set():
        try:
            loop()
        except Exception:
            LOG.exception("the %s broke; starting it again", name)
            stop.wait(1.0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
    main()
