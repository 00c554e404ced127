"""`fenghuo journal key` and `fenghuo journal check-export`."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from .checking_exports import check_export
from .commands import verb
from .signing import fingerprint, key_file, public_key


def _no_arguments(_parser: CommandParser) -> None:
    """`key` takes none."""


def _check_arguments(parser: CommandParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--key", type=Path, help="public key (PEM) it must be signed with; default: this installation's"
    )
    parser.add_argument("--json", action="store_true", help="answer as JSON")


@verb("key", "the public key that exports are signed with, and its fingerprint", _no_arguments)
def tell_key(command: BaseCommand, options: Mapping[str, Any]) -> None:
    pem = public_key()
    command.stdout.write(pem.decode().strip())
    command.stdout.write(f"SHA-256 {fingerprint(pem)}")


@verb("check-export", "is an export as it was signed? exit 1 and what was changed if not", _check_arguments)
def tell_check(command: BaseCommand, options: Mapping[str, Any]) -> None:
    checked = check_export(options["file"], _trusted(options["key"]))
    if options["json"]:
        command.stdout.write(json.dumps(checked.document(), ensure_ascii=False))
    elif checked.ok:
        command.stdout.write(
            f"The export is as it was signed: {checked.entries} entries, positions {checked.first_position} to "
            f"{checked.last_position}, made {checked.made_at} by {checked.made_by}."
        )
    for what in () if options["json"] else checked.wrong:
        command.stderr.write(what)
    if not checked.trusted and checked.key and not options["json"]:
        command.stderr.write(
            f"Key {checked.key}: it came with the file. Compare it with the one the unit tells you, or give --key."
        )
    if not checked.ok:
        sys.exit(1)


def _trusted(given: Path | None) -> bytes | None:
    """The key given, else this installation's own when it has one; none is made for checking."""
    path = given or (key_file() if key_file().exists() else None)
    if path is None:
        return None
    try:
        pem = path.read_bytes() if given else public_key()
        fingerprint(pem)
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} is no public key: {error}") from error
    return pem
