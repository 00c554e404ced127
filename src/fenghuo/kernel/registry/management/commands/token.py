from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.access.models import Token
from fenghuo.kernel.access.rights import SCOPES
from fenghuo.kernel.registry.selectors import unit_by_code
from fenghuo.kernel.registry.services import create_token, revoke_token


class Command(BaseCommand):
    help = "token create: a key for a machine, printed once, alone on the last line; token revoke: end it"

    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="what", required=True)
        create = verbs.add_parser("create", help="make a key; only its hash is kept")
        create.add_argument("--name", required=True, help="who uses it, for example 110")
        create.add_argument("--unit", required=True, metavar="UNIT_CODE", help="whose sight and rights bound it")
        create.add_argument("--scope", action="append", required=True, choices=SCOPES, dest="scopes")
        create.add_argument(
            "--expires", type=int, metavar="DAYS", help="valid for so many days; without: until revoked"
        )
        revoke = verbs.add_parser("revoke", help="end every valid key of this name and unit at once")
        revoke.add_argument("--name", required=True)
        revoke.add_argument("--unit", required=True, metavar="UNIT_CODE")

    def handle(self, *args: Any, **options: Any) -> None:
        unit = unit_by_code(options["unit"])
        if unit is None:
            raise CommandError(f"There is no unit with the code {options['unit']!r} (see the page Units).")
        try:
            if options["what"] == "revoke":
                found = list(Token.objects.filter(name=options["name"], unit=unit, revoked_at=None))
                for token in found:
                    revoke_token(token, by=SYSTEM)
                self.stdout.write(f"{len(found)} revoked")
                return
            days = options["expires"]
            if days is not None and days < 1:
                raise CommandError("--expires must be at least 1 day")
            expires = timezone.now() + timedelta(days=days) if days else None
            _token, key = create_token(
                by=SYSTEM, name=options["name"], unit=unit, scopes=options["scopes"], expires_at=expires
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        until = f", valid until {timezone.localtime(expires):%Y-%m-%d %H:%M}" if expires else ""
        self.stdout.write(
            f"Key “{options['name']}” of {unit} for {' '.join(options['scopes'])}{until}. Shown only now:"
        )
        self.stdout.write(key)
