import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from fenghuo.kernel.journal.append_only import missing
from fenghuo.kernel.journal.destroyed import count_by_order
from fenghuo.kernel.journal.verifying import Verdict, verify


class Command(BaseCommand):
    help = "journal verify: walk the journal; exit 1 and the first bad entry if anything was changed or removed"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="what", required=True)
        check = verbs.add_parser("verify", help="walk positions and entries")
        check.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify()
        if options["json"]:
            self.stdout.write(json.dumps(verdict.document(), ensure_ascii=False))
        else:
            self._tell(verdict)
        if not verdict.ok:
            sys.exit(1)

    def _tell(self, verdict: Verdict) -> None:
        self.stdout.write(f"{verdict.entries} entries, {verdict.positions} positions, {verdict.waiting} waiting")
        for order, count in count_by_order().items():
            self.stdout.write(f"{count} private values destroyed by order {order}")
        if rules := missing():
            self.stderr.write(f"append-only rules not in force: {', '.join(rules)}; run `fenghuo migrate`")
        if verdict.first_bad is None:
            self.stdout.write("The journal is as it was written.")
        else:
            bad = verdict.first_bad
            self.stderr.write(f"First bad entry: {bad.entry} at position {bad.position}: {bad.what}")
