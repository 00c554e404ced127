import json
import re
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fenghuo.geo.roads.access import MODES
from fenghuo.geo.roads.closures import Closures
from fenghuo.geo.roads.drawn import read_drawn
from fenghuo.kernel.maps.routing import NoRoute, drawn_closures, route_document, straight_document
from fenghuo.kernel.maps.travel import on_roads

CLOSED = (
    "points, lines or areas: closed, or with the property factor (2: takes twice as long) or depth (metres of water)"
)


class Command(BaseCommand):
    help = "The quickest way between two positions (WGS 84), as text or JSON"

    def add_arguments(self, parser: CommandParser) -> None:
        # Without this what begins with a minus would be taken for an option, and the south have no routes.
        parser._negative_number_matcher = re.compile(r"^-\d+(\.\d*)?,")
        parser.add_argument("--from", dest="origin", required=True, metavar="LAT,LON", type=_position)
        parser.add_argument("--to", required=True, metavar="LAT,LON", type=_position)
        parser.add_argument("--mode", choices=MODES, default="car")
        parser.add_argument("--closed", type=Path, metavar="FILE.geojson", help=CLOSED)
        parser.add_argument("--language", choices=("zh", "en"), default="zh")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        origin, to, mode = options["origin"], options["to"], options["mode"]
        closures = _closures(options["closed"], mode) if options["closed"] else Closures()
        try:
            said = (
                route_document(origin, to, mode, closures, options["language"])
                if on_roads(origin, to)
                else straight_document(origin, to)
            )
        except NoRoute as none:
            problem = {"type": "about:blank", "title": "No route", "status": 409, "detail": str(none)}
            self.stdout.write(json.dumps(problem, ensure_ascii=False))
            sys.exit(1)
        if options["json"]:
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        self.stdout.write(
            f"{said['metres']:.0f} m, {said['seconds']:.0f} s" + (" (estimate)" if said["estimate"] else "")
        )
        for step in said["steps"]:
            self.stdout.write(step["text"])


def _position(said: str) -> tuple[float, float]:
    latitude, longitude = map(float, said.split(","))
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(said)
    return latitude, longitude


def _closures(path: Path, mode: str) -> Closures:
    try:
        return drawn_closures(read_drawn(path.read_text(encoding="utf-8")), mode)
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}", returncode=2) from error
