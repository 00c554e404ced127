"""Reading an archive that may be damaged, cut short, or made to do harm: everything is checked before it is used."""

import hashlib
import io
import json
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from . import manifest as form
from .manifest import MEMBER, Manifest
from .settings_files import LARGEST as LONGEST_SETTING
from .tables import LONGEST_LINE, Column

COPY = 1024 * 1024
BROKEN = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


class Damaged(Exception):
    """The archive cannot be used. The sentence names the member and what is wrong."""


class Archive:
    """An open archive whose list of members and manifest have been checked. Use as a context manager.

    Raises: Damaged, also from every method; OSError when the file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._zip = ZipFile(path)
        except BadZipFile as error:
            raise Damaged(
                f"{path.name} is no whole archive: its end is missing, or it is another kind of file"
            ) from error
        try:
            self._infos = self._listed()
            self.manifest = self._manifest()
            self._fits()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_error: object) -> None:
        self._zip.close()

    @property
    def unpacked(self) -> int:
        """Bytes that its members take when they are unpacked."""
        return sum(info.file_size for info in self._infos.values())

    @property
    def attachments(self) -> list[str]:
        """SHA-256 of each attachment in it."""
        return sorted(name.rpartition("/")[2] for name in self._infos if name.startswith("attachments/"))

    @property
    def settings(self) -> list[str]:
        return sorted(name.partition("/")[2] for name in self._infos if name.startswith("settings/"))

    def check(self) -> None:
        """Read every member once: whole, of the size and with the SHA-256 that it should have."""
        for name in self._infos:
            if name == form.NAME:
                continue
            wanted = self.manifest.members.get(name)
            said = wanted.sha256 if wanted else name.rpartition("/")[2]
            sha = hashlib.sha256()
            for chunk in self._chunks(name):
                sha.update(chunk)
            if sha.hexdigest() != said:
                raise Damaged(f"{name} is damaged: its SHA-256 is another")

    def read_setting(self, name: str) -> bytes:
        return b"".join(self._chunks(f"settings/{name}"))

    def copy_attachment(self, digest: str, to: Path) -> None:
        """Raises: OSError (no room …)."""
        name = f"attachments/{digest[:2]}/{digest}"
        with self._zip.open(self._infos[name]) as content, to.open("wb") as out:
            to.chmod(0o600)
            shutil.copyfileobj(content, out, COPY)

    def table(self, name: str) -> "TableLines":
        return TableLines(name, self._zip.open(self._infos[f"tables/{name}.jsonl"]))

    def _listed(self) -> dict[str, ZipInfo]:
        infos: dict[str, ZipInfo] = {}
        for info in self._zip.infolist():
            name = info.filename
            if name != form.NAME and not MEMBER.fullmatch(name):
                raise Damaged(f"it has a member that no backup has: {name[:200]!r}; nothing of it was unpacked")
            if name in infos:
                raise Damaged(f"{name} is in it twice")
            if info.flag_bits & 1 or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise Damaged(f"{name} is packed in a way that backups are not")
            if info.file_size > (LONGEST_SETTING if name.startswith("settings/") else info.file_size):
                raise Damaged(f"{name} is larger than any can be")
            infos[name] = info
        return infos

    def _manifest(self) -> Manifest:
        info = self._infos.get(form.NAME)
        if info is None:
            raise Damaged(f"it has no {form.NAME}: this is no backup of Fenghuo, or not a whole one")
        if info.file_size > form.LARGEST:
            raise Damaged(f"{form.NAME} is larger than any can be")
        try:
            return form.read(b"".join(self._chunks(form.NAME)))
        except ValueError as error:
            raise Damaged(str(error)) from error

    def _fits(self) -> None:
        """Members and manifest name each other."""
        there = {name for name in self._infos if name != form.NAME and not name.startswith("attachments/")}
        if lost := sorted(set(self.manifest.members) - there):
            raise Damaged(f"{lost[0]} is missing")
        if more := sorted(there - set(self.manifest.members)):
            raise Damaged(f"{more[0]} is in it, but its {form.NAME} does not name it")
        tables = {f"tables/{name}.jsonl" for name in self.manifest.tables}
        if odd := sorted(tables ^ {name for name in there if name.startswith("tables/")}):
            raise Damaged(f"{odd[0]} is in only one of table list and archive")
        for name, member in self.manifest.members.items():
            if self._infos[name].file_size != member.bytes:
                raise Damaged(f"{name} is damaged: it has {self._infos[name].file_size} bytes, not {member.bytes}")
        if len(self.attachments) != self.manifest.attachments.files:
            raise Damaged(f"attachments are missing: {len(self.attachments)} of {self.manifest.attachments.files}")

    def _chunks(self, name: str) -> Iterator[bytes]:
        """Never more than the size that the list of members says, whatever is packed in it."""
        try:
            with self._zip.open(self._infos[name]) as content:
                while chunk := content.read(COPY):
                    yield chunk
        except BROKEN as error:
            raise Damaged(f"{name} is damaged: {error}") from error


class TableLines:
    """The rows of a table as lines, after its first line has been read. `columns`: as that names them."""

    def __init__(self, name: str, content: IO[bytes]) -> None:
        self._name, self._content = name, io.BufferedReader(content, COPY)  # type: ignore[type-var]
        try:
            first: Any = json.loads(self._content.readline(LONGEST_LINE))
            if first["table"] != name:
                raise ValueError(f"it says that it is {first['table']!r}")
            self.columns = [Column(str(column), str(kind)) for column, kind in first["columns"]]
        except (ValueError, KeyError, TypeError, *BROKEN) as error:
            raise Damaged(f"tables/{name}.jsonl is damaged in its first line: {error}") from error

    def __iter__(self) -> Iterator[bytes]:
        try:
            while line := self._content.readline(LONGEST_LINE):
                if not line.endswith(b"\n"):
                    raise Damaged(f"tables/{self._name}.jsonl has a line that is too long or cut short")
                yield line
        except BROKEN as error:
            raise Damaged(f"tables/{self._name}.jsonl is damaged: {error}") from error
        finally:
            self._content.close()
