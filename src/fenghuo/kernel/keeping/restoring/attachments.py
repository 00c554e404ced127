"""Attachments come back to where their SHA-256 says. They are only added, so that nothing that is here can be lost."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fenghuo.kernel.documents import store

from ..archive.reading import Archive


@contextmanager
def attachments_in_place(archive: Archive) -> Iterator[int]:
    """How many were added; they go again when the rest of the restore fails. Raises: OSError."""
    added: list[Path] = []
    try:
        for digest in archive.attachments:
            if _whole(digest):
                continue
            with store.incoming() as path:
                archive.copy_attachment(digest, path)
                store.path_of(digest).unlink(missing_ok=True)  # what lay there had other bytes
                store.keep(path)
                added.append(store.path_of(digest))
        yield len(added)
    except BaseException:
        for path in added:
            path.unlink(missing_ok=True)
        raise


def _whole(digest: str) -> bool:
    try:
        with store.path_of(digest).open("rb") as there:
            return hashlib.file_digest(there, "sha256").hexdigest() == digest
    except FileNotFoundError:
        return False
