"""Checking an export: is it as it was signed, and by whom? Needs no database."""

import hashlib
import json
import zipfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .exporting import CSV, FORMAT, KEY, LINES, MANIFEST, README_NAME, SIGNATURE
from .signing import fingerprint, is_signed

NAMES = {CSV, LINES, MANIFEST, SIGNATURE, KEY, README_NAME}
MOST_MANIFEST = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Checked:
    """`wrong`: all that is not as it was signed. `key`: fingerprint of the key; `trusted`: it is the one expected."""

    ok: bool
    wrong: tuple[str, ...]
    key: str = ""
    trusted: bool = False
    entries: int = 0
    first_position: int | None = None
    last_position: int | None = None
    made_at: str = ""
    made_by: str = ""

    def document(self) -> dict[str, Any]:
        return asdict(self)


def check_export(path: Path, trusted_pem: bytes | None = None) -> Checked:
    """`trusted_pem`: the key it must be signed with; without it only what lies in the file is compared with itself."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _check(archive, trusted_pem)
    except (OSError, zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        return Checked(False, (f"the file cannot be read: {error}",))


def _check(archive: zipfile.ZipFile, trusted_pem: bytes | None) -> Checked:
    names = [one.filename for one in archive.infolist()]
    wrong = [f"{name} is missing" for name in sorted(NAMES - set(names))]
    wrong += [f"{name} does not belong here" for name in sorted(set(names) - NAMES)]
    wrong += [f"{name} is there twice" for name in sorted(NAMES) if names.count(name) > 1]
    if wrong:
        return Checked(False, tuple(wrong))
    try:
        sealed, signature, enclosed = (_read(archive, name) for name in (MANIFEST, SIGNATURE, KEY))
        manifest = json.loads(sealed)
        described = {one["name"]: (one["sha256"], one["bytes"]) for one in manifest["files"]}
        print_of_key = fingerprint(enclosed)
        signed = is_signed(sealed, signature, enclosed)
        trusted = trusted_pem is not None and fingerprint(trusted_pem) == print_of_key
    except (ValueError, KeyError, TypeError, AttributeError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        return Checked(False, (f"manifest, signature or key cannot be read: {error}",))
    if not signed:
        wrong.append(f"{MANIFEST} is not what was signed")
    if trusted_pem is not None and not trusted:
        wrong.append("signed with another key than this installation's, or than the one given with --key")
    if manifest.get("format") != FORMAT:
        wrong.append(f"unknown format: {manifest.get('format')}")
    if set(described) != {CSV, LINES}:
        wrong.append("the manifest describes other files")
    known = [name for name in sorted(described) if name in NAMES]
    wrong += [what for name in known if (what := _differs(archive, name, described[name]))]
    return Checked(
        ok=not wrong,
        wrong=tuple(wrong),
        key=print_of_key,
        trusted=trusted,
        entries=int(manifest.get("entries", 0)),
        first_position=manifest.get("first_position"),
        last_position=manifest.get("last_position"),
        made_at=str(manifest.get("made_at", "")),
        made_by=str(manifest.get("made_by", "")),
    )


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(MOST_MANIFEST)


def _differs(archive: zipfile.ZipFile, name: str, said: tuple[str, int]) -> str:
    found, length = hashlib.sha256(), 0
    try:
        with archive.open(name) as member:
            while chunk := member.read(1 << 20):
                found.update(chunk)
                length += len(chunk)
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        return f"{name} was changed: {error}"
    return "" if (found.hexdigest(), length) == said else f"{name} was changed: its SHA-256 is not the one signed"
