"""The manifest: what an archive holds, where it comes from, and how it can be checked. Last member of the archive."""

import json
import re
from datetime import date, datetime
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

FORMAT = "fenghuo-backup"
FORMAT_VERSION = 1
NAME = "manifest.json"
LARGEST = 64 * 1024 * 1024  # bytes
MEMBER = re.compile(
    r"tables/[a-z0-9_]{1,63}\.jsonl|settings/[\w-][\w.-]{0,200}\.(?:csv|toml)|attachments/[0-9a-f]{2}/[0-9a-f]{64}"
)


class Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Installation(Part):
    """`code`: region code of the county that it serves; empty when none has been entered yet."""

    name: str
    code: str
    address: str
    demo: bool


class Journal(Part):
    """`position`: the newest one; `verify`: what verify answered about this very state."""

    position: int
    verify: dict[str, Any]

    @property
    def ok(self) -> bool:
        return bool(self.verify.get("ok"))


class TableFacts(Part):
    """`last_key`: the highest key its counter has given, also to rows that are gone."""

    rows: int
    last_key: int | None


class Member(Part):
    bytes: int
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Attachments(Part):
    """Each lies under its own SHA-256. `missing` were not there, `damaged` had other bytes: neither is in here."""

    files: int
    bytes: int
    missing: list[str]
    damaged: list[str]


class Own(Part):
    """The county's settings. `blanked`: secrets and what else was left out; set them again by hand."""

    variables: dict[str, str]
    blanked: list[str]


class Manifest(Part):
    format: str
    format_version: int
    fenghuo: str
    made_at: datetime
    keep_until: date
    database: str
    installation: Installation
    migrations: list[tuple[str, str]]
    journal: Journal
    tables: dict[str, TableFacts]
    left_out: dict[str, str]
    attachments: Attachments
    settings: Own
    members: dict[str, Member]

    @property
    def warnings(self) -> list[str]:
        """What somebody should know about this backup, as `notes.words` says it."""
        found = []
        if not self.journal.ok:
            bad = self.journal.verify.get("first_bad") or {}
            found.append(f"journal: {bad.get('what', '?')}")
        if self.attachments.missing:
            found.append(f"missing: {', '.join(self.attachments.missing)}")
        if self.attachments.damaged:
            found.append(f"damaged: {', '.join(self.attachments.damaged)}")
        unknown = [name for name, why in self.left_out.items() if why == UNKNOWN]
        if unknown:
            found.append(f"tables: {', '.join(unknown)}")
        return found


UNKNOWN = "belongs to no room of this Fenghuo"


def program_version() -> str:
    return version("fenghuo")


def read(text: bytes) -> Manifest:
    """Raises: ValueError in words for people."""
    try:
        given = json.loads(text)
    except ValueError as error:
        raise ValueError(f"{NAME} is damaged: it is no JSON") from error
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        raise ValueError("this is no backup of Fenghuo")
    if given.get("format_version") != FORMAT_VERSION:
        raise ValueError(
            f"it is written in form {given.get('format_version')!r}, this Fenghuo ({program_version()}) reads form "
            f"{FORMAT_VERSION}: install Fenghuo {given.get('fenghuo', '')} or newer, then restore"
        )
    try:
        return Manifest.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ValueError(f"{NAME} is damaged: {where}: {first['msg']}") from error
