"""Where this installation keeps what it knows: FENGHUO_DATA, or a default that fits how it was installed."""

import os
import secrets
import sys
from pathlib import Path


def data_folder() -> Path:
    """The folder of database, attachments, secret key, maps and logs; made (0700) when absent.

    Default: data/ beside pyproject.toml in a checkout, /var/lib/fenghuo when installed.
    """
    if given := os.environ.get("FENGHUO_DATA"):
        folder = Path(given).expanduser().resolve()
    else:
        checkout = Path(__file__).resolve().parents[3]
        folder = checkout / "data" if (checkout / "pyproject.toml").exists() else Path("/var/lib/fenghuo")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        sys.exit(f"The data folder {folder} cannot be made: {error.strerror}. Set FENGHUO_DATA to one that can.")
    return folder


def secret_key(folder: Path) -> str:
    """FENGHUO_SECRET_KEY, or the content of FENGHUO_SECRET_KEY_FILE, or one generated once in the data folder."""
    if given := os.environ.get("FENGHUO_SECRET_KEY"):
        return given
    path = Path(os.environ.get("FENGHUO_SECRET_KEY_FILE", folder / "secret_key"))
    try:
        if kept := path.read_text().strip():
            return kept
    except FileNotFoundError:
        pass
    # Written beside and renamed, so that a kill in between never leaves half a key.
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_urlsafe(50))
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass  # another process of the first start was faster: its key counts
    finally:
        fresh.unlink()
    return path.read_text().strip()
