"""`fenghuo journal roots`: print, mail or post the newest root; print those that are kept of another node."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.journal.commands import verb
from fenghuo.kernel.registry.selectors import unit_by_code
from fenghuo.kernel.web.machine.problems import to_json

from .selectors import kept_of
from .services import mail_root, post_root
from .services.giving import current_root


def arguments(parser: CommandParser) -> None:
    parser.add_argument("--json", action="store_true", help="print as JSON (as it is without another option)")
    parser.add_argument("--mail", action="append", default=[], metavar="ADDRESS", help="send it by e-mail")
    parser.add_argument("--post", default="", metavar="URL", help="give it to another Fenghuo")
    parser.add_argument(
        "--token-file", type=Path, help="the other node's token (scope roots.write); else FENGHUO_ROOTS_TOKEN"
    )
    parser.add_argument("--kept", default="", metavar="UNIT_CODE", help="print the roots that are kept of this node")


@verb("roots", "print, mail or post the newest root", arguments)
def roots(command: BaseCommand, options: Mapping[str, Any]) -> None:
    if options["kept"]:
        unit = unit_by_code(options["kept"])
        if unit is None:
            raise CommandError(f"There is no unit {options['kept']}.")
        names = ("number", "last", "algorithm", "hash", "sealed_at", "received_at")
        command.stdout.write(to_json({"roots": list(kept_of(unit).values(*names))}))
    elif options["mail"]:
        for message in mail_root(options["mail"], by=SYSTEM):
            command.stdout.write(f"{message.address}: {message.state} {message.why}".rstrip())
    elif options["post"]:
        root = post_root(options["post"], _token(options["token_file"]), by=SYSTEM)
        command.stdout.write(f"{options['post']} keeps the root of seal {root['number']}.")
    else:
        command.stdout.write(to_json({"roots": [current_root()[1]]}))


def _token(file: Path | None) -> str:
    try:
        token = file.read_text().strip() if file else os.environ.get("FENGHUO_ROOTS_TOKEN", "")
    except (OSError, ValueError) as error:
        raise CommandError(f"{file} cannot be read: {error}") from error
    if not token:
        raise CommandError("The other node's token is missing: name --token-file or set FENGHUO_ROOTS_TOKEN.")
    return token
