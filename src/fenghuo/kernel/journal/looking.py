"""The walk of `verify`: seal by seal, and position by position under each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fenghuo.kernel.access.errors import Invalid

from . import merkle
from .hashing import Digest, digest_of
from .headers import BEGINNING, Stored, stored_seals
from .sealing import leaf_of
from .soundness import wrong_with
from .walking import ANYWHERE, Held, walk

NO_POSITION = "position is missing"
MOST_LEAVES = 100_000  # of one seal; more cannot be meant


@dataclass(frozen=True, slots=True)
class Bad:
    """The first entry that is not as it was written, and what is wrong with it. `batch`: the seal that shows it."""

    entry: int | None
    position: int | None
    what: str
    batch: int | None = None


class Look:
    """One walk from the first position to the last. After the first fault only what was destroyed is counted."""

    def __init__(self, kept: Mapping[int, str]) -> None:
        self.bad: Bad | None = None
        self.destroyed = 0
        self.sealed = 0  # the last position that a seal holds
        self._kept = dict(kept)
        self._next: Held | None = None
        self._rows: Iterator[Held] = iter(())

    def at_all(self, until: int, newest_seal: int) -> None:
        stray: Bad | None = None
        self._rows = walk(-ANYWHERE, until)
        self._step()
        while (held := self._next) is not None and held.position < 1:
            stray = stray or Bad(held.entry, held.position, "position was inserted")
            self._step()
        previous = BEGINNING
        for number, seal in enumerate(stored_seals(until=newest_seal), 1):
            if self.bad is None and (what := self._wrong_with_seal(seal, number, previous)):
                self.bad = Bad(self._entry_at(self.sealed + 1), self.sealed + 1, what, number)
            if self.bad is not None:
                break
            self._sealed_positions(seal)
            self.sealed, previous = seal.header.last, seal.hash
        if self.bad is None and self._kept:
            lost = min(self._kept)
            self.bad = Bad(None, None, f"seal {lost}, whose hash was kept elsewhere, is not here", lost)
        self._unsealed_positions()
        self.bad = self.bad or stray

    def _wrong_with_seal(self, seal: Stored, number: int, previous: str) -> str:
        header = seal.header
        if header.number != number:
            return f"seal {number} is missing"
        try:
            digest = digest_of(header.algorithm)
            as_hashed = header.hash(digest) == seal.hash
        except (Invalid, TypeError):
            as_hashed = False
        if not as_hashed:
            return f"seal {number} was changed"
        if header.previous != previous or header.first != self.sealed + 1:
            return f"seal {number} does not follow the one before"
        if header.count != header.last - header.first + 1 or not 0 < header.count <= MOST_LEAVES:
            return f"seal {number} counts wrongly"
        if self._kept.pop(number, seal.hash) != seal.hash:
            return f"seal {number} differs from the one that was kept elsewhere"
        return ""

    def _sealed_positions(self, seal: Stored) -> None:
        header = seal.header
        digest = digest_of(header.algorithm)
        listed = seal.leaves if len(seal.leaves) == header.count else [""] * header.count
        found: list[str] = []
        leaves: list[bytes] = []
        for position, line in enumerate(listed, header.first):
            held = self._take(position)
            if self.bad is not None:
                break
            if held is None:
                self.bad = Bad(_entry_in(line), position, NO_POSITION, header.number)
            elif what := wrong_with(held, form=False):
                self.bad = Bad(_entry_in(line) or held.entry, position, what, header.number)
            else:
                leaf = leaf_of(digest, held)
                leaves.append(leaf)
                found.append(f"{held.entry} {leaf.hex()}")
        self._compare(seal, listed, found, leaves, digest)

    def _compare(self, seal: Stored, listed: list[str], found: list[str], leaves: list[bytes], digest: Digest) -> None:
        """What was found against what was sealed; the root decides, and the list says where."""
        header = seal.header
        if len(found) == header.count and found == listed and merkle.root(digest, leaves).hex() == header.root:
            return
        pairs = zip(found, listed, strict=False)
        place = next((place for place, (one, other) in enumerate(pairs) if one != other), None)
        if place is None:
            if self.bad is None and len(found) == header.count:
                self.bad = Bad(
                    _entry_in(found[0]), header.first, "list of leaves and entries were changed", header.number
                )
            return
        listed_only = len(found) == header.count and merkle.root(digest, leaves).hex() == header.root
        what = "list of leaves in the seal was changed" if listed_only else "differs from what was sealed"
        entry = _entry_in(found[place] if listed_only else listed[place] or found[place])
        self.bad = Bad(entry, header.first + place, what, header.number)

    def _unsealed_positions(self) -> None:
        expected = self.sealed + 1
        while (held := self._next) is not None:
            self._step()
            if self.bad is None and held.position != expected:
                self.bad = Bad(None, expected, NO_POSITION)
            if self.bad is None and (what := wrong_with(held, form=True)):
                self.bad = Bad(held.entry, held.position, what)
            expected += 1

    def _take(self, position: int) -> Held | None:
        held = self._next
        if held is None or held.position != position:
            return None
        self._step()
        return held

    def _step(self) -> None:
        self._next = next(self._rows, None)
        if self._next is not None and self._next.destroyed is not None:
            self.destroyed += 1

    def _entry_at(self, position: int) -> int | None:
        return self._next.entry if self._next is not None and self._next.position == position else None


def _entry_in(line: str) -> int | None:
    entry = line.partition(" ")[0]
    return int(entry) if entry.isdigit() else None
