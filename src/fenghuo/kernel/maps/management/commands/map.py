import errno
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from fenghuo.geo.roads.extract import Unreadable
from fenghuo.geo.roads.graph import RoadGraph
from fenghuo.kernel.maps.building import build_map
from fenghuo.kernel.maps.roads import current_graph, flaw
from fenghuo.kernel.maps.tiles import tiles_path

TOLD = ("source", "date", "built_at", "nodes", "ways", "junctions", "arcs", "arcs_by_mode", "faults")


FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Command(BaseCommand):
    help = "map build FILE: roads and base map from an OpenStreetMap extract; map info: what is loaded"

    def add_arguments(self, parser: CommandParser) -> None:
        words = parser.add_subparsers(dest="what", required=True)
        build = words.add_parser("build", help="read an extract (.osm, .osm.gz, .osm.bz2, .osm.pbf)")
        build.add_argument("file", type=Path)
        build.add_argument("--roads-only", action="store_true", help="no base map; the one that is there stays")
        build.add_argument("--json", action="store_true", help="answer as JSON")
        info = words.add_parser("info", help="what is loaded")
        info.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "info":
            self._tell(current_graph(), as_json=options["json"])
            return
        try:
            graph = build_map(options["file"], self._progress, roads_only=options["roads_only"])
        except (Unreadable, OSError) as error:
            problem = {
                "type": "about:blank",
                "title": "The extract cannot be used",
                "status": 422,
                "detail": f"{_sentence(error)}. What was loaded before stays in force.",
            }
            self.stdout.write(json.dumps(problem, ensure_ascii=False))
            sys.exit(1)
        self._tell(graph, as_json=options["json"])

    def _progress(self, what: str, done: int) -> None:
        self.stderr.write(f"{what} {done}" if done else what)

    def _tell(self, graph: RoadGraph | None, *, as_json: bool) -> None:
        """Nothing loaded is no error: everything is then reckoned along straight lines."""
        said: dict[str, Any] = {"loaded": graph is not None, "flaw": flaw(), "tiles": tiles_path().is_file()}
        if graph is not None:
            about = graph.about
            said |= {name: about[name] for name in TOLD}
            said["bounds"] = list(graph.bounds)  # south, west, north, east
        if as_json:
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        for name, value in said.items():
            self.stdout.write(f"{name:<10} {value}")


def _sentence(error: Exception) -> str:
    """What the system says of a full disk names a file that nobody knows; this names the way out."""
    if isinstance(error, OSError) and error.errno in FULL:
        return f"{tiles_path().parent}: the disk is full ({error.strerror}): make room and build again"
    return str(error)
