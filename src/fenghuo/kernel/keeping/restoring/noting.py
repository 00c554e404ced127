"""What a restore writes into the restored database itself: where it comes from, and which backups there are besides."""

from pathlib import Path
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor

from ..archive.manifest import Manifest
from ..models import Backup, State
from ..services.making import tell
from ..services.removing import SCHEMA


def known_here() -> list[dict[str, Any]]:
    """The backups that the database that is put aside knows of; none when its tables are of another version."""
    try:
        return [dict(row) for row in Backup.objects.values()]
    except DatabaseError:
        return []


@transaction.atomic
def note_restored(
    path: Path,
    sha256: str,
    manifest: Manifest,
    known: list[dict[str, Any]],
    aside: Backup | None,
    *,
    by: Actor,
    who: str,
) -> None:
    """The list of backups must not forget one because an older list came back: each may hold what was destroyed."""
    there = set(Backup.objects.values_list("sha256", "name"))
    for row in known:
        if (row["sha256"], row["name"]) not in there:
            Backup.objects.create(**{name: value for name, value in row.items() if name != "id"})
    if not Backup.objects.filter(sha256=sha256).exists():
        Backup.objects.create(
            state=State.MADE,
            name=path.name[:255],
            path=str(path),
            made_at=manifest.made_at,
            keep_until=manifest.keep_until,
            size=path.stat().st_size,
            sha256=sha256,
            position=manifest.journal.position,
            journal_ok=manifest.journal.ok,
            made_by=who,
            notes="\n".join(manifest.warnings),
        )
    if aside is not None:
        aside.save(force_insert=True)
    told = {"name": path.name[:255], "made_at": manifest.made_at, "sha256": sha256}
    tell(
        "backup.restored",
        by,
        told | {"position": manifest.journal.position, "aside": aside.path.removeprefix(SCHEMA) if aside else ""},
    )


def put_aside(name: str, path: str, keep_until: Any, who: str) -> Backup:
    """The row for what stood here before; not stored yet."""
    now = timezone.now()
    return Backup(state=State.ASIDE, name=name, path=path, made_at=now, keep_until=keep_until, made_by=who)
