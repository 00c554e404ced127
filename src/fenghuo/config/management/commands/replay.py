"""fenghuo replay: messages through the machine door of a running Fenghuo, for rehearsal and load."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from fenghuo.config.demo.night_desk import NightDesk
from fenghuo.config.demo.storm import Place, Told, night
from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Region, Unit
from fenghuo.kernel.registry.selectors import home_region, unit_by_code
from fenghuo.kernel.registry.services import create_token

PLATFORMS = ("110", "119", "120")
DESK_SCOPES = ("incidents.read", "incidents.write", "assignments.read", "assignments.write")


class Command(BaseCommand):
    help = (
        "Posts messages to a running Fenghuo. FILE has one JSON object a line: a message of POST /api/v1/reports. "
        "Without FILE: a night of storms over the county, 200 messages."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--url", default="http://127.0.0.1:8000")
        parser.add_argument("--unit", default="", help="unit code of the sender, when FILE is given")
        parser.add_argument(
            "--answers", action="store_true", help="also plays the desk and the teams: incidents, orders, answers"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        keys = _Keys(options["unit"])
        # The whole file is read before anything is sent: a mistake on its last line must not leave half a night behind.
        told = list(_from_file(options["file"])) if options["file"] else night(places(), timezone.localtime())
        desk = NightDesk(_Sender(options["url"], keys.of_desk())) if options["answers"] else None
        ids: dict[int, int] = {}
        counts: dict[int, int] = {}
        for one in told:
            path = "reports" if one.adds_to is None else f"reports/{ids.get(one.adds_to, 0)}/supplements"
            status, answer = _post(f"{options['url']}/api/v1/{path}", one, keys.of(one.sender))
            counts[status] = counts.get(status, 0) + 1
            if one.adds_to is None and status in (200, 201):
                ids[one.number] = answer["id"]
                if desk is not None and status == 201:
                    desk.take(one, answer["id"])
        said: dict[str, Any] = {"answers": counts}
        if desk is not None:
            desk.end()
            said |= {"incidents": len(desk.incidents), "orders": dict(Counter(desk.orders.values()))}
        self.stdout.write(json.dumps(said))


def places() -> list[Place]:
    """The villages of the county whose position is known, else its towns."""
    home = home_region()
    if home is None:
        raise CommandError("There is no county yet: load the demo, or create the regions first.")
    inside = Region.objects.filter(path__startswith=home.path, latitude__isnull=False, valid_to=None)
    rows = list(inside.filter(level="village").order_by("code")) or list(inside.filter(level="town").order_by("code"))
    if not rows:
        raise CommandError("No village or town of the county has a position.")
    return [Place(row.name, row.latitude or 0, row.longitude or 0) for row in rows]


class _Keys:
    """A token of one day for each sending platform."""

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self._keys: dict[str, str] = {}

    def of(self, sender: str) -> str:
        short = sender if sender in PLATFORMS else "EMO"
        if short not in self._keys:
            unit = self._sender(short)
            expires = timezone.now() + timedelta(days=1)
            self._keys[short] = create_token(
                by=SYSTEM, name="replay", unit=unit, scopes=["intake.write"], expires_at=expires
            )[1]
        return self._keys[short]

    def of_desk(self) -> str:
        """A token of one day with which the emergency office opens incidents and gives orders."""
        expires = timezone.now() + timedelta(days=1)
        return create_token(
            by=SYSTEM, name="replay desk", unit=self._sender("EMO"), scopes=DESK_SCOPES, expires_at=expires
        )[1]

    def _sender(self, short: str) -> Unit:
        home = home_region()
        code = self._unit or f"{home.code if home else ''}-{short}"
        unit = unit_by_code(code)
        if unit is None:
            raise CommandError(f"There is no unit {code}.")
        return unit


def _from_file(path: Path) -> Iterator[Told]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            try:
                content = json.loads(line)
            except ValueError as error:
                raise CommandError(f"{path}, line {number + 1}: {error}") from error
            yield Told(number, str(content.get("source", "")), None, None, content)


class _Sender:
    """Requests of the desk to a running Fenghuo."""

    def __init__(self, url: str, key: str) -> None:
        self._url, self._key = url, key

    def __call__(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        return _send(f"{self._url}/api/v1/{path}", body, headers, method)


def _post(address: str, one: Told, key: str) -> tuple[int, Any]:
    headers = {
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/json",
        "Idempotency-Key": f"replay-{one.number}-{timezone.now():%Y%m%d%H%M%S}",
    }
    return _send(address, one.content, headers, "POST")


def _send(address: str, content: Any, headers: dict[str, str], method: str) -> tuple[int, Any]:
    data = None if content is None else json.dumps(content).encode()
    request = Request(address, data, headers, method=method)  # noqa: S310 - the operator's own address
    try:
        with urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.status, json.load(answer)
    except HTTPError as refused:
        return refused.code, None
    except URLError as error:
        raise CommandError(f"{address} does not answer: {error.reason}. Start it with: fenghuo run") from error
