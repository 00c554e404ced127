"""Sealing: every few seconds, new positions go under a Merkle root that is chained to the one before."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fenghuo.kernel.access.turning import turn_until

from . import merkle
from .canonical import moment
from .hashing import Digest, digest_of
from .headers import BEGINNING, Header
from .models import Seal, SealHead
from .walking import Held, last_position, walk

LOG = logging.getLogger(__name__)
EVERY = 3.0  # seconds
BREATH = 0.02  # seconds between two seals of a long catching up, for the others in this process
MOST_AT_ONCE = 1000  # positions of one seal: after a pause there are more seals, not a larger one
HEAD = "newest"


def leaf_content(position: int, entry: int, at: str, about_rows: Sequence[int], text: str) -> bytes:
    """What is hashed for one position: everything of its rows that the text does not repeat, then the text."""
    return f"{position} {entry} {at} {','.join(map(str, about_rows))} {text}".encode()


def leaf_of(digest: Digest, held: Held) -> bytes:
    return merkle.leaf(digest, leaf_content(held.position, held.entry, held.at, held.about.rows, held.text))


def seal_next(limit: int = MOST_AT_ONCE, *, now: datetime | None = None) -> int:
    """Seal up to `limit` new positions; how many. 0 when there are none, or when another sealer was faster.

    Read and hashed outside the transaction, which only claims the next number and inserts one row. A position that
    is missing ends the seal before it: what is gone is never sealed over.
    """
    before = Seal.objects.defer("leaves").order_by("-number").first()
    last = before.last if before else 0
    rows = _unbroken(list(walk(last, last_position(), limit=limit, private=False)), last + 1)
    if not rows:
        return 0
    digest, at = digest_of(settings.SEAL_HASH), now or timezone.now()
    leaves = [leaf_of(digest, held) for held in rows]
    header = Header(
        number=before.number + 1 if before else 1,
        first=rows[0].position,
        last=rows[-1].position,
        count=len(rows),
        algorithm=settings.SEAL_HASH,
        root=merkle.root(digest, leaves).hex(),
        previous=before.hash if before else BEGINNING,
        sealed_at=moment(at),
    )
    lines = "\n".join(f"{held.entry} {leaf.hex()}" for held, leaf in zip(rows, leaves, strict=True))
    seal = Seal(**asdict(header) | {"hash": header.hash(digest), "sealed_at": at, "leaves": lines})
    if before is None:
        SealHead.objects.get_or_create(name=HEAD, defaults={"number": 0, "hash": BEGINNING})
    return seal.count if _chain(seal) else 0


def seal_waiting() -> int:
    """Seal all that has a position; how many were sealed."""
    total = 0
    while sealed := seal_next():
        total += sealed
    return total


class Sealer:
    """Runs until `stop` is set. Two of them do no harm: only one can follow the newest seal."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def run(self) -> None:
        turn_until(self._stop, self._seal, every=EVERY, log=LOG, trouble="positions cannot be sealed")

    def _seal(self) -> None:
        while seal_next() == MOST_AT_ONCE and not self._stop.is_set():
            self._stop.wait(BREATH)


@transaction.atomic
def _chain(seal: Seal) -> bool:
    """Put it behind the newest, if that is still the newest."""
    newest = SealHead.objects.filter(name=HEAD, number=seal.number - 1, hash=seal.previous)
    if newest.update(number=seal.number, hash=seal.hash) != 1:
        return False
    seal.save(force_insert=True)
    return True


def _unbroken(rows: list[Held], expected: int) -> list[Held]:
    """Those that follow each other without a gap and have their entry."""
    for place, held in enumerate(rows):
        if held.position != expected + place or held.found is None:
            LOG.error("the journal is broken at position %s: run `fenghuo journal verify`", expected + place)
            return rows[:place]
    return rows
