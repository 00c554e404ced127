"""A seal's header: what the chain is made of, and what an auditor hashes by hand."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from django.db import connection

from .canonical import canonical
from .hashing import Digest
from .walking import MOMENT, read, written

BEGINNING = "0" * 64  # what the first seal names as the one before
CHUNK = 50  # seals read at once, each with up to a thousand leaves
SEALS = (
    "SELECT number, first, last, count, algorithm, root, previous, {sealed_at}, hash, {leaves} FROM journal_seal "
    "WHERE number > %s AND number <= %s ORDER BY number LIMIT %s"
)


@dataclass(frozen=True, slots=True)
class Header:
    """Of one seal, without its own hash. `sealed_at` is written as in all sealed text."""

    number: int
    first: int
    last: int
    count: int
    algorithm: str
    root: str
    previous: str
    sealed_at: str

    def document(self) -> dict[str, Any]:
        return {"v": 1, **asdict(self)}

    def text(self) -> str:
        """The canonical text that is hashed. Raises: TypeError for values that no seal can have."""
        return canonical(self.document())

    def hash(self, digest: Digest) -> str:
        return digest(self.text().encode()).hex()


class Stored(NamedTuple):
    """A seal as the database holds it. `leaves`: "<entry> <leaf>" for each position."""

    header: Header
    hash: str
    leaves: list[str]


def stored_seals(after: int = 0, until: int = 2**62, *, leaves: bool = True) -> Iterator[Stored]:
    """Seals by number, above `after` up to `until`; without their leaves when only the chain is wanted."""
    form = MOMENT[connection.vendor].format("sealed_at")
    statement = SEALS.format(sealed_at=form, leaves="leaves" if leaves else "''")
    at_once = CHUNK if leaves else CHUNK * 100
    while rows := read(statement, after, until, at_once):
        for row in rows:
            header = Header(*(*row[:7], written(row[7])))
            yield Stored(header, row[8], row[9].split("\n") if isinstance(row[9], str) else [])
        after = rows[-1][0]
