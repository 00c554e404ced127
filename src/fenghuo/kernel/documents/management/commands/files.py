"""fenghuo files verify: whether every file that a record has lies in the folder, byte for byte."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ...verifying import Verdict, verify


class Command(BaseCommand):
    help = "verify: read every kept file and compare it with its SHA-256; exit 1 when one is missing or changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["verify"])
        parser.add_argument("--quick", action="store_true", help="look only whether they are there, in their size")

    def handle(self, *args: Any, **options: Any) -> None:
        found = verify(quick=options["quick"])
        for digest in found.missing:
            self.stdout.write(f"missing  {digest}{_where(found, digest)}")
        for digest in found.changed:
            self.stdout.write(f"changed  {digest}{_where(found, digest)}")
        self.stdout.write(f"{found.files} files, {len(found.missing)} missing, {len(found.changed)} changed")
        if not found.ok:
            raise SystemExit(1)


def _where(found: Verdict, digest: str) -> str:
    return "".join(f"  {number}" for number in found.records.get(digest, ()))
