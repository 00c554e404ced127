"""Exports that can be checked without this installation: the entries found, what they are, and a signature."""

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed
from fenghuo.kernel.access.guard import require

from . import roots, signing
from .canonical import canonical
from .export_readme import README
from .lines import Shown
from .naming import verb_word
from .reach import Reach
from .recording import record
from .searching import count_of, every_entry
from .selectors import head
from .wanted import Wanted

FORMAT = "fenghuo-journal-export/1"
MOST = 50_000  # entries of one export: a minute of a busy machine at worst
CSV, LINES, MANIFEST, SIGNATURE, KEY, README_NAME = (
    *("journal.csv", "journal.jsonl", "manifest.json"),
    *("manifest.sig", "public_key.pem", "README.txt"),
)
# A cell that begins so is a formula to a spreadsheet, and might send what stands beside it elsewhere.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Export:
    """`file` is open at its beginning and vanishes when it is closed."""

    name: str
    file: IO[bytes]
    entries: int


def export_entries(reach: Reach, wanted: Wanted, *, by: Actor) -> Export:
    """What was found, as a signed ZIP; who took it out, and what it was, goes on record before it is handed over.

    It is put together in chunks, outside of any transaction, and up to the position that was the last at the start.
    Raises: NotAllowed, Invalid (more than MOST entries).
    """
    require(by, "journal.export")
    if by.unit_id is None:
        raise NotAllowed(_("Only somebody in a post exports the journal."))
    if count_of(reach, wanted, MOST) > MOST:
        message = _("More than %(most)s entries fit. Narrow the time and export them part by part.") % {"most": MOST}
        raise Invalid(Fault("until", message))
    until, made_at = head(), timezone.now()
    file = tempfile.TemporaryFile()  # noqa: SIM115 - handed on, and closed with the answer
    try:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            manifest = _write(archive, reach, wanted, until)
            manifest |= {
                "format": FORMAT,
                "node": settings.NODE,
                "made_at": made_at,
                "made_by": by.label,
                "filter": wanted.document(),
                "head": until,
                "newest_root": roots.newest_root(),
                "key": signing.fingerprint(signing.public_key()),
            }
            sealed = canonical(manifest).encode()
            for name, content in (
                (MANIFEST, sealed),
                (SIGNATURE, signing.sign(sealed)),
                (KEY, signing.public_key()),
                (README_NAME, README.encode()),
            ):
                archive.writestr(name, content)
        with transaction.atomic():
            record(
                "journal.exported",
                by,
                about=[by.unit_id],
                public={
                    "entries": manifest["entries"],
                    "first": manifest["first_position"],
                    "last": manifest["last_position"],
                    "filter": wanted.document(),
                    "manifest": hashlib.sha256(sealed).hexdigest(),
                },
            )
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return Export(f"journal-{timezone.localtime(made_at):%Y%m%d-%H%M%S}.zip", file, manifest["entries"])


def _write(archive: zipfile.ZipFile, reach: Reach, wanted: Wanted, until: int) -> dict[str, Any]:
    """Both files, from one reading of the journal; the part of the manifest that describes them.

    A ZIP takes its members one after the other, so the second waits in a file that vanishes.
    """
    said: dict[str, Any] = {"entries": 0, "first_position": None, "last_position": None}
    with tempfile.TemporaryFile() as waiting:
        lines = _Digested(waiting.write)
        with archive.open(CSV, "w", force_zip64=True) as member:
            table = _Digested(member.write)
            table.write(b"\xef\xbb\xbf" + _csv([_heads()]))  # Excel takes it for UTF-8 only with this mark
            for shown in every_entry(reach, wanted, until):
                said["first_position"] = said["first_position"] or shown[0].line.position
                said["last_position"] = shown[-1].line.position
                said["entries"] += len(shown)
                table.write(_csv(_cells(one) for one in shown))
                lines.write(b"".join(_json_line(one, other) for one, other in _in_both(shown)))
        waiting.seek(0)
        with archive.open(LINES, "w", force_zip64=True) as member:
            while chunk := waiting.read(1 << 20):
                member.write(chunk)
    return said | {"files": [table.described(CSV), lines.described(LINES)]}


class _Digested:
    """Writes on, and keeps length and SHA-256 of all that was written."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write, self._sum, self._length = write, hashlib.sha256(), 0

    def write(self, content: bytes) -> None:
        self._sum.update(content)
        self._length += len(content)
        self._write(content)

    def described(self, name: str) -> dict[str, Any]:
        return {"name": name, "bytes": self._length, "sha256": self._sum.hexdigest()}


def _heads() -> list[str]:
    return [
        *(_("Position"), _("Entry"), _("Happened at"), _("Recorded at"), _("Act"), _("What was done"), _("By")),
        *(_("Address"), _("Records")),
    ]


def _cells(one: Shown) -> list[str]:
    line = one.line
    about = " ".join(record.number or f"#{record.pk}" for record in one.about)
    return [
        *(str(line.position), str(line.entry.pk), _moment(line.happened_at), _moment(line.recorded_at)),
        *(verb_word(line.verb), line.text, line.actor, line.entry.address, about),
    ]


def _csv(rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([[neutral(cell) for cell in row] for row in rows])
    return text.getvalue().encode()


def neutral(cell: str) -> str:
    """The cell as a spreadsheet shows it and never computes it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _in_both(shown: list[Shown]) -> Iterator[tuple[Shown, dict[str, str]]]:
    """Each with its sentence in both languages."""
    told: dict[str, list[str]] = {}
    for language, name in (("zh-hans", "zh"), ("en", "en")):
        with translation.override(language):
            told[name] = [one.line.told_anew() for one in shown]
    for place, one in enumerate(shown):
        yield one, {name: texts[place] for name, texts in told.items()}


def _json_line(one: Shown, sentence: dict[str, str]) -> bytes:
    """`sealed` is the text that seals and proofs are about, with commitments in place of personal values."""
    line = one.line
    said = {
        "position": line.position,
        "entry": line.entry.pk,
        "verb": line.verb,
        "happened_at": line.happened_at.isoformat(),
        "recorded_at": line.recorded_at.isoformat(),
        "actor": line.actor,
        "address": line.entry.address,
        "sentence": sentence,
        "about": [{"id": record.pk, "kind": record.kind, "number": record.number} for record in one.about],
        "sealed": line.entry.text,
    }
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"


def _moment(value: datetime) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
