import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid
from fenghuo.kernel.keeping.archive.manifest import Manifest
from fenghuo.kernel.keeping.destroying import destroy_again
from fenghuo.kernel.keeping.notes import words
from fenghuo.kernel.keeping.restoring import CannotRestore, Restored, restore
from fenghuo.kernel.keeping.restoring.restore import check_archive

from .backup import who


class Command(BaseCommand):
    help = "restore FILE: make this installation what the backup holds, on SQLite or PostgreSQL; no server may run"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="only read it through and say what it holds")
        parser.add_argument("--replace", action="store_true", help="put the records that are here aside, and keep them")
        parser.add_argument("--demo", action="store_true", help="it is a demonstration's, and that is what is wanted")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                self._tell_manifest(check_archive(options["file"]), options["json"])
                return
            done = restore(
                options["file"],
                by=SYSTEM,
                replace=options["replace"],
                demo=options["demo"],
                who=f"{who()} (command)",
            )
        except CannotRestore as refused:
            raise CommandError(str(refused)) from refused
        again = self._destroy_again()
        if options["json"]:
            document = self._document(done) | {"destroyed_again": again}
            self.stdout.write(json.dumps(document, ensure_ascii=False))
        else:
            self._tell(done, again)

    def _destroy_again(self) -> int | None:
        """None when the list of orders cannot be read: what they destroyed is here again, and somebody must know."""
        try:
            return destroy_again()
        except (Invalid, OSError) as unreadable:
            self.stderr.write(
                f"warning: {settings.DESTRUCTION_ORDERS} cannot be used ({unreadable}). What was destroyed by order is "
                "here again: give the list to `fenghuo destruction reapply` before you start a server."
            )
            return None

    def _tell_manifest(self, manifest: Manifest, as_json: bool) -> None:
        if as_json:
            self.stdout.write(manifest.model_dump_json())
            return
        whose = manifest.installation
        at = f"{timezone.localtime(manifest.made_at):%Y-%m-%d %H:%M:%S}"
        demo = " (a demonstration)" if whose.demo else ""
        self.stdout.write(f"The archive is whole: {whose.name} {whose.code}{demo}, state of {at}, {manifest.database},")
        self.stdout.write(
            f"Fenghuo {manifest.fenghuo}, {sum(table.rows for table in manifest.tables.values())} rows, "
            f"{manifest.attachments.files} attachments, journal up to position {manifest.journal.position}."
        )
        for warning in manifest.warnings:
            self.stderr.write(f"warning: {words(warning)}")

    def _tell(self, done: Restored, again: int | None) -> None:
        self._tell_manifest(done.manifest, as_json=False)
        entries = f"{done.verdict.entries} entries"
        self.stdout.write(
            f"Restored. The journal verifies: {entries}."
            if done.verdict.ok
            else f"Restored. The journal does NOT verify, as when the backup was made: {done.verdict.first_bad}"
        )
        if done.aside:
            self.stdout.write(f"What was here before: {done.aside} (in the list of backups, with its day).")
        for name in done.placed:
            self.stdout.write(f"Put in place: {name}")
        for name in done.beside:
            self.stdout.write(f"Laid beside: {name}; compare it, put its secrets in and rename it.")
        for name in done.lost:
            self.stderr.write(f"warning: {name} could not be written; unpack it from the archive by hand")
        for line in done.manifest.settings.blanked:
            self.stdout.write(f"Not in the backup: {line}")
        for name, value in done.manifest.settings.variables.items():
            self.stdout.write(f"It was set there: {name}={value}")
        if again:
            self.stdout.write(f"Destroyed again, by the orders given since the backup: {again} records.")
        self.stdout.write("Before you start a server: messages that were waiting then wait again and will be sent.")

    def _document(self, done: Restored) -> dict[str, Any]:
        return {
            "restored": True,
            "made_at": done.manifest.made_at.isoformat(),
            "installation": done.manifest.installation.model_dump(),
            "rows": sum(table.rows for table in done.manifest.tables.values()),
            "attachments_added": done.attachments,
            "journal": done.verdict.document(),
            "aside": done.aside,
            "settings_placed": done.placed,
            "settings_beside": done.beside,
            "settings_not_written": done.lost,
            "not_in_backup": done.manifest.settings.blanked,
            "warnings": [words(warning) for warning in done.manifest.warnings],
        }
