import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from fenghuo.geo.gazetteer import Gazetteer
from fenghuo.kernel.registry.demo.gazetteer import demo_gazetteer
from fenghuo.kernel.registry.places import places
from fenghuo.response.incidents.extraction import guess_document, guess_from
from fenghuo.standards.kinds import KINDS


class Command(BaseCommand):
    help = "Read time, place, kind, figures and telephones out of texts: every value is a guess with its words"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="UTF-8 text; - is standard input")
        parser.add_argument("--json", action="store_true", help="one line of JSON for each file")
        parser.add_argument("--now", type=_moment, help="when the texts were received; default: now")

    def handle(self, *args: Any, **options: Any) -> None:
        gazetteer = self._gazetteer()
        now: datetime = options["now"] or timezone.localtime()
        failed = False
        for name in options["files"]:
            try:
                text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                self.stderr.write(f"{name}: {error}")
                failed = True
                continue
            found = [guess_document(guess) for guess in guess_from(text, now, gazetteer)]
            if options["json"]:
                self.stdout.write(json.dumps({"file": name, "incidents": found}, ensure_ascii=False))
            else:
                self._tell(name, found)
        if failed:
            sys.exit(1)

    def _gazetteer(self) -> Gazetteer:
        try:
            known = places()
        except DatabaseError:
            known = None
        if known is not None and known.home_id is not None:
            return known.gazetteer
        self.stderr.write("No county has been entered: places are looked up in the demo county.")
        return demo_gazetteer()

    def _tell(self, name: str, found: list[dict[str, Any]]) -> None:
        for number, incident in enumerate(found, 1):
            self.stdout.write(f"{name} {number}/{len(found)}")
            if kind := incident["kind"]:
                self._line("kind", KINDS[kind["value"]].zh, kind)
            if time := incident["time"]:
                self._line("time", time["value"], time)
            if place := incident["place"]:
                self._line("place", f"{place['value']['text']} {place['value']['region'] or '?'}", place)
            for figure, value in incident["figures"].items():
                shown = value["value"] if value["value"] is not None else f"{value['low']}-{value['high']}"
                self._line(figure, shown, value)
            for phone in incident["phones"]:
                self._line("phone", phone["value"], phone)

    def _line(self, what: str, value: Any, found: dict[str, Any]) -> None:
        self.stdout.write(f"  {what}: {value}  ({found['words']}, {found['confidence']:.2f})")


def _moment(given: str) -> datetime:
    value = parse_datetime(given)
    if value is None:
        raise ValueError(given)
    return value if timezone.is_aware(value) else timezone.make_aware(value)
