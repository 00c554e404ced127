"""What has expired goes: by itself where Fenghuo put it, by hand where somebody carried it."""

import contextlib
import re
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, WrongState
from fenghuo.kernel.access.guard import require

from ..models import Backup, State
from .making import backups_folder, tell

SCHEMA = "schema:"
SCHEMA_NAME = re.compile(r"fenghuo_before_[0-9_]+")


def remove_expired(*, by: Actor) -> list[Backup]:
    """Delete what is past its day and lies in the data folder's backups/ (or in a schema of its own).

    What lies elsewhere stays in the list as expired until somebody notes that it is gone. Raises: NotAllowed.
    """
    require(by, "backups.manage")
    due = Backup.objects.filter(removed_at=None, keep_until__lt=timezone.localdate()).exclude(state=State.FAILED)
    return [backup for backup in due if ours(backup) and _remove(backup, by=by)]


def ours(backup: Backup) -> bool:
    """Whether Fenghuo may delete it by itself."""
    if backup.path.startswith(SCHEMA):
        return connection.vendor == "postgresql"
    return bool(backup.path) and Path(backup.path).parent == backups_folder().resolve()


@transaction.atomic
def note_removed(backup: Backup, *, by: Actor, reason: str) -> Backup:
    """Somebody has deleted the file: it holds nothing any more. `reason`: by whom, how.

    Raises: NotAllowed, Invalid (no reason; its file is still there), WrongState (noted before, or never made).
    """
    require(by, "backups.manage")
    backup = Backup.objects.select_for_update().get(pk=backup.pk)
    if backup.removed_at is not None or backup.state == State.FAILED:
        raise WrongState(_("This backup is not there any more."))
    if not reason.strip():
        raise Invalid(Fault("reason", _("say who deleted it, and how"), reason))
    if _exists(backup):
        raise Invalid(Fault("file", _("is still there: delete it first, then note it here"), backup.path))
    return _gone(backup, by=by, reason=reason.strip()[:500])


def _remove(backup: Backup, *, by: Actor) -> bool:
    """False when it cannot be deleted now: it stays in the list as expired."""
    with transaction.atomic():
        if Backup.objects.select_for_update().get(pk=backup.pk).removed_at is not None:
            return False
        if backup.path.startswith(SCHEMA):
            _drop(backup.path.removeprefix(SCHEMA))
        else:
            try:
                Path(backup.path).unlink(missing_ok=True)
            except OSError:
                return False
        _gone(backup, by=by, reason="expired")
    return True


def _gone(backup: Backup, *, by: Actor, reason: str) -> Backup:
    backup.removed_at = timezone.now()
    backup.save(update_fields=["removed_at"])
    tell("backup.removed", by, {"backup": backup.pk, "name": backup.name, "reason": reason})
    return backup


def _exists(backup: Backup) -> bool:
    if backup.path.startswith(SCHEMA):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [backup.path.removeprefix(SCHEMA)])
            return cursor.fetchone() is not None
    with contextlib.suppress(OSError):
        return bool(backup.path) and Path(backup.path).exists()
    return False


def _drop(schema: str) -> None:
    if not SCHEMA_NAME.fullmatch(schema):
        raise ValueError(f"{schema} was not put aside by a restore")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {connection.ops.quote_name(schema)} CASCADE")
