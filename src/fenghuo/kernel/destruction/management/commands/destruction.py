import json
import sys
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fenghuo.kernel.access.errors import Invalid
from fenghuo.kernel.destruction.models import ItemState
from fenghuo.kernel.destruction.scrubbing import scrub
from fenghuo.kernel.destruction.services import read_orders, reapply, write_list
from fenghuo.kernel.destruction.working import Destroyer
from fenghuo.kernel.web.machine.problems import refusal, to_json


class Command(BaseCommand):
    help = "destruction orders: export their list, apply them again after a restore, rewrite the database's file"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="what", required=True)
        export = verbs.add_parser("export", help="write the list of orders, to be kept apart from the backups")
        export.add_argument("file", type=Path)
        again = verbs.add_parser("reapply", help="destroy again what a restored backup has brought back")
        again.add_argument("file", type=Path, nargs="?", default=None, help="default: the list in the data folder")
        again.add_argument("--json", action="store_true", help="answer as JSON")
        verbs.add_parser("scrub", help="SQLite: write the file anew at once, which holds up all writers meanwhile")

    def handle(self, *args: Any, **options: Any) -> None:
        match options["what"]:
            case "export":
                self.stdout.write(str(write_list(options["file"])))
            case "reapply":
                self._reapply(options["file"] or settings.DESTRUCTION_ORDERS, options["json"])
            case _scrub:
                if not scrub(forced=True):
                    raise CommandError("Somebody reads an older state of the database: try again in a moment.")
                self.stdout.write("Nothing of what was destroyed is left in the database's file.")

    def _reapply(self, file: Path, as_json: bool) -> None:
        try:
            done = reapply(read_orders(file.read_text(encoding="utf-8")))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        except Invalid as refused:
            self.stdout.write(to_json(refusal(refused)))
            sys.exit(1)
        Destroyer(Event()).run_until_idle()
        said = [
            {
                "no": one.no,
                "here": one.here,
                "missing": one.missing,
                "destroyed": one.order.items.filter(state=ItemState.DONE).count() if one.order else 0,
                "left": one.order.items.filter(state=ItemState.LEFT).count() if one.order else 0,
            }
            for one in done
        ]
        if as_json:
            self.stdout.write(json.dumps({"orders": said}))
        else:
            for row in said:
                self.stdout.write(", ".join(f"{name} {value}" for name, value in row.items()))
        if any(row["left"] for row in said):
            self.stderr.write("Some records are open here, or held, and were left: settle them, then reapply again.")
            sys.exit(1)
