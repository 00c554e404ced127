import json
import sys
from pathlib import Path
from typing import Any

import shapely
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fenghuo.geo.roads.access import MODES
from fenghuo.kernel.maps.routing import NoRoute, drawn_closures, route_document


class Command(BaseCommand):
    help = "The quickest way between two positions (WGS 84), as text or JSON"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="origin", required=True, metavar="LAT,LON", type=_position)
        parser.add_argument("--to", required=True, metavar="LAT,LON", type=_position)
        parser.add_argument("--mode", choices=MODES, default="car")
        parser.add_argument("--closed", type=Path, metavar="FILE.geojson", help="points, lines or areas nobody passes")
        parser.add_argument("--language", choices=("zh", "en"), default="zh")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        closed = _drawn(options["closed"]) if options["closed"] else None
        try:
            said = route_document(
                options["origin"], options["to"], options["mode"], drawn_closures(closed), options["language"]
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


def _drawn(path: Path) -> Any:
    try:
        return shapely.from_geojson(path.read_text())
    except (OSError, ValueError, shapely.errors.GEOSException) as error:
        raise CommandError(f"{path}: {error}", returncode=2) from error
