"""Writes by the real services, so many entries a second: python -m bench.live_writer

In an installation's environment. Reads lines "SECONDS RATE" and answers each with one line of JSON: entry → the
monotonic time at which its service had returned, its transaction committed. Nobody's sight changes by what it writes.
"""

import json
import os
import sys
import time
from itertools import count, cycle

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

    def write(self, seconds: float, rate: float) -> dict[int, float]:
        times: dict[int, float] = {}
        last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        due = time.monotonic()
        end = due + seconds
        while time.monotonic() < end:
            self.once(next(_serial))
            committed = time.monotonic()
            made = list(Entry.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True))
            times |= dict.fromkeys(made, committed)
            last = made[-1] if made else last
            due += len(made) / rate
            time.sleep(max(0.0, due - time.monotonic()))
        return times


def main() -> None:
    writer = Writer()
    print("ready", flush=True)
    for line in sys.stdin:
        seconds, rate = map(float, line.split())
        print(json.dumps(writer.write(seconds, rate)), flush=True)


if __name__ == "__main__":
    main()
