import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, Refused
from fenghuo.kernel.clocks.rulebook import forget, rules
from fenghuo.kernel.clocks.services import apply_change, import_own_rules, set_days_off


class Command(BaseCommand):
    help = "rules import: the county's own rows from a file; rules days-off: the State Council's notice of a year"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="what", required=True)
        own = verbs.add_parser("import", help="all rows of a file in the columns of deadlines.csv, or none")
        own.add_argument("file", type=Path)
        own.add_argument("--source", required=True, help="the paper by which it was decided")
        own.add_argument("--decided-on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        own.add_argument("--check", action="store_true", help="say what is wrong, and store nothing")
        days = verbs.add_parser("days-off", help="a notice as text; clocks that waited for it are reckoned by it")
        days.add_argument("file", type=Path)
        days.add_argument("--year", type=int, help="where the title is missing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["file"].read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        try:
            if options["what"] == "days-off":
                table = set_days_off(text, by=SYSTEM, year=options["year"])
                self.stdout.write(f"{table.year}: {len(table.off)} days off, {len(table.work)} weekend days worked")
            else:
                self._import(text, options)
        except Invalid as refused:
            for fault in refused.faults:
                self.stderr.write(str(fault.message))
            sys.exit(1)
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def _import(self, text: str, options: dict[str, Any]) -> None:
        before = rules()
        with transaction.atomic():
            rows = import_own_rules(text, by=SYSTEM, source=options["source"], decided_on=options["decided_on"])
            transaction.set_rollback(options["check"])
        if options["check"]:
            forget()
            self.stdout.write(f"{len(rows)} rows could be in force; nothing was stored")
            return
        moved = apply_change(before, rules(), by=SYSTEM, why="rules")
        self.stdout.write(f"{len(rows)} rows in force, {moved} running deadlines moved")
