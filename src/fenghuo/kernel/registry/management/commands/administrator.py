import getpass
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.registry.selectors import region_by_code, unit_by_code
from fenghuo.kernel.registry.services import add_person, appoint, create_account, create_region, create_unit


class Command(BaseCommand):
    help = "The first administrator of an installation (and the county and unit they belong to, when still absent)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", required=True)
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument("--unit", required=True, metavar="UNIT_CODE", help="for example 610118000000-EMO")
        parser.add_argument("--unit-name", default="", help="needed when the unit is not there yet")
        parser.add_argument("--region-name", default="", help="needed when the unit's region is not there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        if Record.objects.filter(demo=True).exists():
            raise CommandError(
                "This is a demonstration, whose passwords everybody knows. First run `fenghuo demo drop`."
            )
        password = self._password()
        try:
            with transaction.atomic():
                unit = unit_by_code(options["unit"]) or self._unit(options)
                person = add_person(by=SYSTEM, name=options["name"], unit=unit)
                since = timezone.localdate()
                appoint(person, by=SYSTEM, unit=unit, role=Role.ADMINISTRATOR, since=since)
                create_account(person, by=SYSTEM, username=options["username"], password=password)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{options['name']} may sign in as {options['username']} and administers {unit}.")

    def _password(self) -> str:
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        first = getpass.getpass("Password (at least 10 characters): ")
        if getpass.getpass("Once more: ") != first:
            raise CommandError("The two passwords differ.")
        return first

    def _unit(self, options: dict[str, Any]) -> Any:
        code = options["unit"]
        region_code = code.partition("-")[0]
        region = region_by_code(region_code)
        if not options["unit_name"]:
            raise CommandError(f"There is no unit {code!r} yet: give its name with --unit-name.")
        if region is None:
            if not options["region_name"]:
                raise CommandError(f"There is no region {region_code!r} yet: give its name with --region-name.")
            name = options["region_name"]
            region = create_region(by=SYSTEM, code=region_code, name=name, level="county", parent=None)
        return create_unit(by=SYSTEM, code=code, name=options["unit_name"], kind="emergency_office", region=region)
