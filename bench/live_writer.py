"""Writes by the real services, so many entries a second: python -m bench.live_writer

In an installation's environment. Reads lines "SECONDS RATE [PORT FILE]" and answers each with one line of JSON: entry
→ the monotonic time at which its service had returned, its transaction committed. Nobody's sight changes by what it
writes. With a port, the bare fan-out there is told the next body of FILE for each entry, and instead of the entry the
number of that body is answered.
"""

import json
import os
import socket
import sys
import threading
import time
from itertools import count, cycle
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from fenghuo.kernel.access.actor import SYSTEM, Actor, actor_for_post, actor_for_token  # noqa: E402
from fenghuo.kernel.access.models import Post, Region, Token, Unit  # noqa: E402
from fenghuo.kernel.assignments.models import Assignment  # noqa: E402
from fenghuo.kernel.assignments.services import report_progress  # noqa: E402
from fenghuo.kernel.journal.models import Entry  # noqa: E402
from fenghuo.kernel.registry.services import create_token  # noqa: E402
from fenghuo.response.incidents.models import Incident, Report  # noqa: E402
from fenghuo.response.incidents.services import Received, add_note, receive_reports, set_figures  # noqa: E402
from tests.county import incoming  # noqa: E402
from tests.installation import UNIT  # noqa: E402

KINDS = ("road_traffic", "fire", "flood", "production", None)
_serial = count(1)


def villages() -> list[Region]:
    return list(Region.objects.filter(level="village").select_related("parent").order_by("code"))


def report_somewhere(source_id: str, village: Region) -> Report:
    """A report of the county's 110 about something in this village."""
    platform = _platform()
    assert village.parent is not None
    place = {"address": f"{village.parent.name}{village.name}"}
    if village.latitude is not None and village.longitude is not None:
        place |= {"latitude": village.latitude, "longitude": village.longitude}  # type: ignore[dict-item]
    said = {"source_id": source_id, "location": place, "kind": "road_traffic", "text": f"{village.name}两车相撞"}
    said["received_at"] = timezone.now().isoformat()
    (got,) = receive_reports([incoming(platform, **said)])
    assert isinstance(got, Received), got
    return Report.objects.select_related("record").get(pk=got.report.pk)


def _platform() -> Actor:
    token = Token.objects.filter(name="bench").select_related("unit__region", "unit__record").first()
    if token is None:
        unit = Unit.objects.get(code=UNIT.replace("EMO", "110"))
        token, _key = create_token(by=SYSTEM, name="bench", unit=unit, scopes=("intake.write",))
    return actor_for_token(token)


class Writer:
    def __init__(self) -> None:
        post = Post.objects.select_related("unit__region", "unit__record").filter(person__name="值班").latest("pk")
        self.by = actor_for_post(post)
        self.villages = cycle(villages())
        self.incidents = cycle(Incident.objects.filter(state="open").select_related("record").order_by("-pk")[:24])
        self.orders = cycle(Assignment.objects.select_related("record").order_by("-pk")[:24])
        self.run = f"{time.monotonic():.3f}"

    def once(self, number: int) -> None:
        """Mostly reports, in between what goes on at incidents."""
        match number % 5:
            case 0:
                add_note(next(self.incidents), by=self.by, text=f"现场来电第 {number} 次")
            case 1:
                report_progress(next(self.orders), by=self.by, text=f"到达 {number}")
            case 2:
                now = timezone.now()
                set_figures(next(self.incidents), by=self.by, source="110", as_of=now, figures={"injured": number})
            case _:
                report_somewhere(f"{self.run}-{number}", next(self.villages))

    def write(self, seconds: float, rate: float, bare: "Bare | None") -> dict[int, float]:
        times: dict[int, float] = {}
        last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        due = time.monotonic()
        end = due + seconds
        while time.monotonic() < end:
            self.once(next(_serial))
            committed = time.monotonic()
            if bare:
                bare.tell()  # every service here makes one entry
            made = list(Entry.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True))
            times |= dict.fromkeys(bare.told(len(made)) if bare else made, committed)
            last = made[-1] if made else last
            due += len(made) / rate
            time.sleep(max(0.0, due - time.monotonic()))
        return times


class Bare:
    """The bare fan-out, told over one connection without waiting for its answers."""

    def __init__(self, port: int, file: Path) -> None:
        self._bodies = [line.encode() for line in file.read_text().splitlines()]
        self._next = self._counted = 0
        self._socket = socket.create_connection(("127.0.0.1", port))
        threading.Thread(target=self._swallow, daemon=True).start()

    def tell(self) -> None:
        body = self._bodies[self._next % len(self._bodies)]
        self._next += 1
        self._socket.sendall(b"POST /tell HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    def told(self, entries: int) -> list[int]:
        """Numbers of what was told for so many entries."""
        while self._next < self._counted + entries:
            self.tell()
        numbers = list(range(self._counted, self._next))
        self._counted = self._next
        return numbers

    def _swallow(self) -> None:
        while self._socket.recv(65536):
            pass


def main() -> None:
    writer = Writer()
    print("ready", flush=True)
    for line in sys.stdin:
        seconds, rate, *more = line.split()
        bare = Bare(int(more[0]), Path(more[1])) if more else None
        print(json.dumps(writer.write(float(seconds), float(rate), bare)), flush=True)


if __name__ == "__main__":
    main()
