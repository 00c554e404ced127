"""The county's own settings for a backup: files of the data folder and variables, secrets blanked and named."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LARGEST = 16 * 1024 * 1024  # bytes; own rules and descriptions are far smaller
TELLING = 6  # a secret of so many signs may stand nowhere else either, in a comment for instance
PATTERNS = ("*.toml", "*.csv")
SECRET = re.compile(r"secret|token|pass|pwd|key|auth|credential|account|user|sign|appid|cookie", re.IGNORECASE)
SECRET_PARTS = {"headers", "values"}  # of sms.toml: whatever an operator needs there may be a key
PLAIN = (
    *("FENGHUO_BASE_URL", "FENGHUO_HOSTS", "FENGHUO_NODE", "FENGHUO_LOG", "FENGHUO_MAIL_FROM", "FENGHUO_VIDEO_HOSTS"),
    *("FENGHUO_BACKUP_AT", "FENGHUO_BACKUP_KEEP", "FENGHUO_CLAMD"),
)
SIGNED_IN = re.compile(r"://[^/]*@")
ASSIGNED = re.compile(r"""^(\s*)((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
SECTION = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")


@dataclass
class Settings:
    """`files`: content by name; `blanked`: what was left out, with the reason, for people to read."""

    files: dict[str, bytes] = field(default_factory=dict)
    blanked: list[str] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)


def settings_of(folder: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Raises: OSError."""
    found = Settings()
    environment = os.environ if environment is None else environment
    for path in sorted({path for pattern in PATTERNS for path in folder.glob(pattern)}):
        if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
            found.blanked.append(f"{path.name}: not copied (a link, no file, or very large)")
        elif path.suffix == ".csv":
            found.files[path.name] = path.read_bytes()
        else:
            _describe(path, found)
    if (folder / "secret_key").exists() or "FENGHUO_SECRET_KEY" in environment:
        found.blanked.append("the secret key: people sign in again")
    for name in sorted(name for name in environment if name.startswith("FENGHUO_") or name == "DATABASE_URL"):
        if name in PLAIN and not SIGNED_IN.search(environment[name]):
            found.variables[name] = environment[name]
        elif name not in {"FENGHUO_DATA", "FENGHUO_SECRET_KEY"}:
            found.blanked.append(f"{name}: set it again")
    return found


def _describe(path: Path, found: Settings) -> None:
    try:
        text, paths = without_secrets(path.read_text())
    except (ValueError, UnicodeDecodeError):
        found.blanked.append(f"{path.name}: not copied, since its secrets could not be told from the rest")
        return
    found.files[path.name] = text.encode()
    found.blanked += [f"{path.name}: {name}" for name in paths]


def without_secrets(text: str) -> tuple[str, list[str]]:
    """TOML with the values blanked that may be secret, and their names.

    Raises: ValueError when it is no TOML, or a secret value would still stand somewhere in it.
    """
    secrets = [(name, value) for name, value in _leaves(tomllib.loads(text)) if _secret(name, value)]
    names = sorted({name for name, _value in secrets})
    lines, section = [], ""
    for line in text.splitlines():
        if heading := SECTION.match(line):
            section = heading[1]
        given = ASSIGNED.match(line)
        name = _plain(f"{section}.{given[2]}".lstrip(".")) if given else ""
        if given and any(f"{secret}.".startswith(f"{name}.") for secret in names):
            line = f'{given[1]}{given[2]} = ""'
        lines.append(line)
    made = "\n".join(lines) + "\n"
    still = [name for name, value in _leaves(tomllib.loads(made)) if value and _secret(name, value)]
    if still or any(len(value) >= TELLING and value in made for _name, value in secrets):
        raise ValueError("a secret would still stand in it")
    return made, names


def _secret(name: str, value: str) -> bool:
    first, last = name.split(".")[0], name.rpartition(".")[2]
    if first in SECRET_PARTS or SECRET.search(last):
        return True
    return "://" in value and ("@" in value or "?" in value)


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _leaves(part, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part, path)
    else:
        yield path, str(value)


def _plain(name: str) -> str:
    return re.sub(r"\s*\.\s*", ".", name).replace('"', "").replace("'", "")
