import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, Refused
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.measures.asking import Moment
from fenghuo.kernel.registry.selectors import home_region
from fenghuo.oversight.workplan.exporting import as_toml
from fenghuo.oversight.workplan.models import WorkPlan
from fenghuo.oversight.workplan.notices import notices
from fenghuo.oversight.workplan.selectors import plan_of, targets_of
from fenghuo.oversight.workplan.services import load_plan, put_in_force


class Command(BaseCommand):
    help = "workplan load FILE.toml: a year's plan as a draft; workplan export YEAR: the one in force as a file"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="what", required=True)
        load = verbs.add_parser("load", help="whole or not at all; every mistake is named with its place")
        load.add_argument("file", type=Path)
        load.add_argument("--year", type=int, help="instead of the file's; days move with it")
        load.add_argument("--unit", help="code of the emergency office whose plan it is; default: the county's")
        load.add_argument("--in-force", action="store_true", help="put it in force at once")
        load.add_argument("--check", action="store_true", help="say what is wrong or odd, and store nothing")
        load.add_argument("--json", action="store_true", dest="as_json")
        export = verbs.add_parser("export", help="the plan in force, to the standard output")
        export.add_argument("year", type=int)
        export.add_argument("--number", help="another version, by its number")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._load(options) if options["what"] == "load" else self._export(options)
        except Invalid as refused:
            if options.get("as_json"):
                faults = [
                    {"field": one.field, "message": str(one.message), "given": one.given} for one in refused.faults
                ]
                self.stdout.write(json.dumps({"errors": faults}, ensure_ascii=False, default=str))
            else:
                for fault in refused.faults:
                    self.stderr.write(f"{fault.field}: {fault.message}" + (f" ({fault.given})" if fault.given else ""))
            sys.exit(1)
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def _load(self, options: dict[str, Any]) -> None:
        try:
            text = options["file"].read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        with transaction.atomic():
            loaded = load_plan(text, by=SYSTEM, unit=_office(options["unit"]), year=options["year"])
            odd = notices(loaded.plan, targets_of(loaded.plan, Moment.now()), SYSTEM)
            if options["in_force"]:
                put_in_force(loaded.plan, by=SYSTEM)
            transaction.set_rollback(options["check"])
        said = {
            "number": loaded.plan.record.number,
            "year": loaded.plan.year,
            "clauses": loaded.clauses,
            "targets": loaded.targets,
            "unknown_units": loaded.unknown,
            "notices": odd,
            "stored": not options["check"],
        }
        if options["as_json"]:
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        for line in [*(f"unit not here, left out: {code}" for code in loaded.unknown), *odd]:
            self.stderr.write(line)
        done = "could be loaded; nothing was stored" if options["check"] else f"loaded as {said['number']}"
        self.stdout.write(f"{loaded.clauses} clauses and {loaded.targets} targets {done}")

    def _export(self, options: dict[str, Any]) -> None:
        plan = plan_of(SYSTEM, options["year"], Moment.now())
        if options["number"]:
            found = WorkPlan.objects.select_related("record__unit__region", "region")
            plan = found.filter(record__number=options["number"]).first()
        if plan is None:
            raise CommandError("no such work plan")
        self.stdout.write(as_toml(plan), ending="")


def _office(code: str | None) -> Unit:
    """Raises: CommandError."""
    units = Unit.objects.select_related("region", "record").filter(valid_to=None)
    home = home_region()
    found = (
        units.filter(code=code).first()
        if code
        else units.filter(kind=UnitKind.EMERGENCY_OFFICE, region=home).order_by("pk").first()
    )
    if found is None:
        raise CommandError(
            f"no emergency office {code or 'of the home region'}: enter it first, or name it with --unit"
        )
    return found
