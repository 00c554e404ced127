"""Writing an archive: a zip that any tool opens. The database in one snapshot, the attachments after it."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from fenghuo.kernel.access.models import Record
from fenghuo.kernel.documents import store
from fenghuo.kernel.documents.models import Content, Scan
from fenghuo.kernel.journal.selectors import head
from fenghuo.kernel.journal.verifying import verify
from fenghuo.kernel.registry.selectors import home_region

from . import manifest as form
from .manifest import Attachments, Installation, Journal, Manifest, Member, Own, TableFacts
from .settings_files import settings_of
from .snapshot import snapshot
from .tables import LEFT_OUT, header, last_key, rows_of, tables

COPY = 1024 * 1024  # bytes at a time
SQLITES_OWN = {"sqlite_sequence", "sqlite_stat1", "sqlite_stat4"}


def write_archive(file: IO[bytes], *, keep_until: date) -> Manifest:
    """Write everything that is to be kept into `file`, which is open for writing and can be sought in.

    Raises: OSError (no room …), DatabaseError, RuntimeError inside a transaction.
    """
    members: dict[str, Member] = {}
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=4) as archive:
        with snapshot():
            made_at = timezone.now()
            digests = list(Content.objects.exclude(scan=Scan.INFECTED).order_by("pk").values_list("pk", flat=True))
            facts = {table.name: TableFacts(rows=0, last_key=last_key(table)) for table in tables()}
            for table in tables():
                with _member(archive, f"tables/{table.name}.jsonl", made_at, members) as out:
                    out.write(header(table))
                    rows = 0
                    for lines in rows_of(table):
                        out.write(lines)
                        rows += lines.count(b"\n")
                facts[table.name] = facts[table.name].model_copy(update={"rows": rows})
            migrations = sorted(MigrationRecorder(connection).applied_migrations())
            left_out = _left_out(set(facts))
            journal = Journal(position=head(), verify=verify().document())
            whose = _installation()
        kept = _write_attachments(archive, digests, made_at)
        own = _write_settings(archive, made_at, members)
        made = Manifest(
            format=form.FORMAT,
            format_version=form.FORMAT_VERSION,
            fenghuo=form.program_version(),
            made_at=made_at,
            keep_until=keep_until,
            database=connection.vendor,
            installation=whose,
            migrations=migrations,
            journal=journal,
            tables=facts,
            left_out=left_out,
            attachments=kept,
            settings=own,
            members=members,
        )
        text = json.dumps(made.model_dump(mode="json"), ensure_ascii=False, indent=1)
        archive.writestr(_info(form.NAME, made_at), text, ZIP_DEFLATED)
    return made


class _Counted:
    """Writes through, and knows size and SHA-256 of what went by."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self.size, self.sha = out, 0, hashlib.sha256()

    def write(self, content: bytes) -> None:
        self._out.write(content)
        self.sha.update(content)
        self.size += len(content)


@contextmanager
def _member(archive: ZipFile, name: str, at: datetime, members: dict[str, Member]) -> Iterator[_Counted]:
    with archive.open(_info(name, at), "w", force_zip64=True) as out:
        counted = _Counted(out)
        yield counted
    members[name] = Member(bytes=counted.size, sha256=counted.sha.hexdigest())


def _info(name: str, at: datetime, way: int = ZIP_DEFLATED) -> ZipInfo:
    info = ZipInfo(name, timezone.localtime(at).timetuple()[:6])
    info.compress_type, info.external_attr = way, 0o600 << 16
    return info


def _write_attachments(archive: ZipFile, digests: Iterable[str], at: datetime) -> Attachments:
    """Contents are only ever added, so that they can be read after the snapshot; one destroyed meanwhile is named."""
    missing, damaged, files, size = [], [], 0, 0
    for digest in digests:
        try:
            with store.path_of(digest).open("rb") as content:
                if hashlib.file_digest(content, "sha256").hexdigest() != digest:
                    damaged.append(digest)
                    continue
                size += content.tell()
                content.seek(0)
                place = _info(f"attachments/{digest[:2]}/{digest}", at, ZIP_STORED)
                with archive.open(place, "w", force_zip64=True) as out:
                    shutil.copyfileobj(content, out, COPY)
                files += 1
        except FileNotFoundError:
            missing.append(digest)
    return Attachments(files=files, bytes=size, missing=missing, damaged=damaged)


def _write_settings(archive: ZipFile, at: datetime, members: dict[str, Member]) -> Own:
    found = settings_of(Path(settings.DATA))
    for name, content in found.files.items():
        with _member(archive, f"settings/{name}", at, members) as out:
            out.write(content)
    return Own(variables=found.variables, blanked=found.blanked)


def _left_out(taken: set[str]) -> dict[str, str]:
    there = set(connection.introspection.table_names()) - SQLITES_OWN
    return {name: LEFT_OUT.get(name, form.UNKNOWN) for name in sorted(there - taken)}


def _installation() -> Installation:
    home = home_region()
    return Installation(
        name=home.name if home else "",
        code=home.code if home else "",
        address=settings.BASE_URL,
        demo=Record.objects.filter(demo=True).exists(),
    )
