"""One web process: granian embedded in our own loop, so that open streams end at once when told (decision 1)."""

import asyncio
import os
import signal
import sys

import django
from granian.constants import Interfaces
from granian.server.embed import Server

from .loaded import keep_what_is_loaded

AT_ONCE = 4096  # requests under way, open streams included (live.stream.MOST): more wait at the door


def main() -> None:
    host, port, intake, pipe = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    django.setup()
    asyncio.run(serve(host, port, intake, pipe))


async def serve(host: str, port: int, intake: str, pipe: int) -> None:
    """Until SIGTERM, SIGINT, or the parent's end closes the pipe. `intake`: the socket of the writer of reports."""
    from fenghuo.kernel.maps.warming import warm_up

    from .front import Front

    keep_what_is_loaded()
    # The loop waits no longer than this for a thread that computes: 500 listeners notice.
    sys.setswitchinterval(0.001)
    front, told, loop = Front(intake), asyncio.Event(), asyncio.get_running_loop()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wanted, told.set)
    loop.add_reader(pipe, told.set)
    server = Server(
        front,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        websockets=False,
        log_enabled=False,
        backlog=1024,
        backpressure=AT_ONCE,
    )
    warm_up()
    serving = asyncio.ensure_future(server.serve())
    await asyncio.wait({asyncio.ensure_future(told.wait()), serving}, return_when=asyncio.FIRST_COMPLETED)
    loop.remove_reader(pipe)
    await front.stop()
    if serving.done():
        serving.result()
        return
    server.stop()  # type: ignore[no-untyped-call]
    await asyncio.wait({serving}, timeout=3)
    # Threads in the middle of a page must not hold up the end: their transactions roll back.
    os._exit(0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
    main()
