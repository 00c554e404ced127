import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import autodiscover_modules

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, Refused
from fenghuo.kernel.journal.append_only import missing
from fenghuo.kernel.journal.commands import verbs
from fenghuo.kernel.journal.destroyed import count_by_order, destroyed_by
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.proving import prove
from fenghuo.kernel.journal.roots import read_roots
from fenghuo.kernel.journal.services import read_private
from fenghuo.kernel.journal.verifying import Verdict, verify


class Command(BaseCommand):
    help = "journal verify: walk the journal; exit 1 and the first bad entry if anything was changed or removed"

    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        words = parser.add_subparsers(dest="what", required=True)
        check = words.add_parser("verify", help="walk positions, entries and seals")
        check.add_argument("--json", action="store_true", help="answer as JSON")
        check.add_argument(
            "--against", type=Path, metavar="ROOTS.json", help="also compare with roots that were kept elsewhere"
        )
        proof = words.add_parser("prove", help="write a proof of one entry that proof_check.py checks anywhere")
        proof.add_argument("entry", type=int, help="the entry's number")
        proof.add_argument("--out", type=Path, help="a file; else the proof is printed")
        proof.add_argument("--to", help="number or hash of the seal that the reader holds; else the newest")
        proof.add_argument("--private", action="store_true", help="with the personal values; goes on record")
        proof.add_argument("--reason", default="fenghuo journal prove", help="why the personal values are needed")
        autodiscover_modules("journal_commands")
        for name, verb in verbs.items():
            verb.arguments(words.add_parser(name, help=verb.help))

    def handle(self, *args: Any, **options: Any) -> None:
        what = options["what"]
        try:
            if what == "verify":
                self._verify(options)
            elif what == "prove":
                self._prove(options)
            else:
                verbs[what].run(self, options)
        except Refused as refused:
            self.stdout.write(json.dumps(_problem(refused), ensure_ascii=False))
            sys.exit(1)

    def _verify(self, options: Mapping[str, Any]) -> None:
        verdict = verify(kept=read_roots(_text(options["against"])) if options["against"] else None)
        if options["json"]:
            self.stdout.write(json.dumps(verdict.document(), ensure_ascii=False))
        else:
            self._tell(verdict)
        if not verdict.ok:
            sys.exit(1)

    def _tell(self, verdict: Verdict) -> None:
        self.stdout.write(f"{verdict.entries} entries, {verdict.positions} positions, {verdict.waiting} waiting")
        self.stdout.write(f"{verdict.batches} seals, {verdict.unsealed} positions not sealed yet")
        for order, count in count_by_order().items():
            self.stdout.write(f"{count} private values destroyed by order {order}")
        if rules := missing():
            self.stderr.write(f"append-only rules not in force: {', '.join(rules)}; run `fenghuo migrate`")
        if verdict.first_bad is None:
            self.stdout.write("The journal is as it was written.")
        else:
            bad = verdict.first_bad
            self.stderr.write(f"First bad entry: {bad.entry} at position {bad.position}: {bad.what}")

    def _prove(self, options: Mapping[str, Any]) -> None:
        entry = Entry.objects.filter(pk=options["entry"]).first()
        if options["private"] and entry is not None and not destroyed_by([entry.pk]):
            read_private(entry, by=SYSTEM, reason=options["reason"])
        proof = prove(options["entry"], until=options["to"], private=options["private"])
        text = json.dumps(proof, ensure_ascii=False, indent=1)
        if options["out"] is None:
            self.stdout.write(text)
            return
        try:
            options["out"].write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}") from error
        self.stdout.write(f"The proof is in {options['out']}. Check it anywhere with proof_check.py.")


def _problem(refused: Refused) -> dict[str, Any]:
    """Why not, as scripts read it everywhere."""
    document: dict[str, Any] = {"type": "about:blank", "title": type(refused).__name__, "status": refused.status}
    if isinstance(refused, Invalid):
        return document | {"errors": [{"field": it.field, "message": str(it.message)} for it in refused.faults]}
    return document | {"detail": str(refused)}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error
