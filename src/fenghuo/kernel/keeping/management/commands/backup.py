import getpass
import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.keeping.in_use import InUse, serving
from fenghuo.kernel.keeping.models import DAILY, Backup, State
from fenghuo.kernel.keeping.notes import words
from fenghuo.kernel.keeping.schedule import is_due
from fenghuo.kernel.keeping.selectors import backups
from fenghuo.kernel.keeping.services import backups_folder, make_backup, next_name, note_removed, remove_expired
from fenghuo.kernel.keeping.services.folder import only_one, tidy


class Command(BaseCommand):
    help = "backup [FILE]: database, attachments and settings without secrets in one archive; servers go on working"

    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="a new file; without: backups/ in the data folder")
        parser.add_argument(
            "--keep", type=int, metavar="DAYS", help=f"expires after so many days ({settings.BACKUP_KEEP})"
        )
        parser.add_argument("--list", action="store_true", help="every backup that was made or tried, newest first")
        parser.add_argument("--json", action="store_true", help="answer as JSON")
        parser.add_argument("--removed", type=int, metavar="ID", help="note that the file of this backup was deleted")
        parser.add_argument("--reason", default="", help="by whom and how, with --removed")
        parser.add_argument(
            "--daily", action="store_true", help="only when the daily one is due (the worker calls this)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with serving():
                self._do(options)
        except (Refused, InUse) as refused:
            raise CommandError(str(refused)) from refused

    def _do(self, options: dict[str, Any]) -> None:
        if options["list"]:
            self._list(backups(SYSTEM), options["json"])
        elif options["removed"] is not None:
            self._removed(options["removed"], options["reason"])
        elif options["daily"]:
            self._daily()
        else:
            self._make(options)

    def _make(self, options: dict[str, Any]) -> None:
        file = options["file"] or self._folder() / next_name(timezone.now())
        keep = settings.BACKUP_KEEP if options["keep"] is None else options["keep"]
        made = make_backup(file, by=SYSTEM, keep_days=keep, made_by=f"{who()} (command)")
        if options["json"]:
            self.stdout.write(json.dumps(document(made), ensure_ascii=False))
            return
        self.stdout.write(f"{made.path}: {made.size} bytes, SHA-256 {made.sha256}")
        self.stdout.write("It holds names, telephones and what was not meant for others: keep it like the original.")
        self.stdout.write(f"Journal up to position {made.position}. Expires after {made.keep_until}.")
        for note in made.notes.splitlines():
            self.stderr.write(f"warning: {words(note)}")

    def _daily(self) -> None:
        """Two workers, or two machines with one data folder, make one backup. Others go first on the processor."""
        os.nice(10)
        with only_one(self._folder()) as free:
            if free:
                tidy(self._folder())
                if is_due(timezone.now()):
                    file = self._folder() / next_name(timezone.now())
                    make_backup(file, by=SYSTEM, keep_days=settings.BACKUP_KEEP, made_by=DAILY)
                remove_expired(by=SYSTEM)

    def _folder(self) -> Path:
        folder = backups_folder()
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise CommandError(f"{folder} cannot be made: {error.strerror}") from error
        return folder

    def _list(self, found: QuerySet[Backup], as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps([document(backup) for backup in found], ensure_ascii=False))
            return
        for backup in found:
            said = document(backup)
            state = "removed" if backup.removed_at else "EXPIRED" if said["expired"] else backup.state
            at = f"{timezone.localtime(backup.made_at):%Y-%m-%d %H:%M}"
            until = f"until {backup.keep_until}" if backup.keep_until else words(backup.notes)
            size = "" if backup.size is None else f"{backup.size / 1024**2:.1f} MB"
            self.stdout.write(
                f"{backup.pk:>5}  {at}  {state:<8} {size:>10}  {until}  {backup.path}  by {backup.made_by}"
            )
        if not found:
            self.stdout.write("No backup has been made yet.")

    def _removed(self, pk: int, reason: str) -> None:
        backup = Backup.objects.filter(pk=pk).first()
        if backup is None:
            raise CommandError(f"There is no backup {pk}: see `fenghuo backup --list`.")
        note_removed(backup, by=SYSTEM, reason=reason)
        self.stdout.write(f"{backup.name} is noted as deleted.")


def who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def document(backup: Backup) -> dict[str, Any]:
    """A row for programs."""
    gone, until = backup.removed_at, backup.keep_until
    return {
        "id": backup.pk,
        "state": backup.state,
        "name": backup.name,
        "path": backup.path,
        "made_at": backup.made_at.isoformat(),
        "keep_until": until.isoformat() if until else None,
        "expired": bool(backup.state != State.FAILED and until and until < timezone.localdate() and not gone),
        "removed_at": gone.isoformat() if gone else None,
        "size": backup.size,
        "sha256": backup.sha256,
        "position": backup.position,
        "journal_ok": backup.journal_ok,
        "made_by": backup.made_by,
        "notes": [words(note) for note in backup.notes.splitlines()],
    }
