"""`verify`: walk the whole journal and say whether anything was changed, removed, inserted or put in another order."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from fenghuo.kernel.access.errors import Invalid

from . import merkle
from .hashing import Digest, digest_of
from .headers import BEGINNING, Stored, stored_seals
from .sealing import leaf_of
from .soundness import wrong_with
from .walking import ANYWHERE, Held, last_position, read, walk

COUNTS = (
    "SELECT (SELECT COUNT(*) FROM journal_entry), (SELECT COUNT(*) FROM journal_position), "
    "(SELECT COUNT(*) FROM journal_unnumbered), (SELECT COUNT(*) FROM journal_seal)"
)
NO_POSITION = "position is missing"
MOST_LEAVES = 100_000  # of one seal; more cannot be meant
# What no walk by position meets. Each is one statement, so that what others commit meanwhile is seen whole or not.
NOWHERE = (
    (
        NO_POSITION,
        "SELECT MIN(e.id) FROM journal_entry e LEFT JOIN journal_position p ON p.entry_id = e.id "
        "LEFT JOIN journal_unnumbered u ON u.entry_id = e.id WHERE p.entry_id IS NULL AND u.entry_id IS NULL",
    ),
    (
        "entry is missing, a link to a record is there",
        "SELECT MIN(a.entry_id) FROM journal_entryabout a LEFT JOIN journal_entry e ON e.id = a.entry_id "
        "WHERE e.id IS NULL",
    ),
    (
        "entry is missing, its private value is there",
        "SELECT MIN(v.entry_id) FROM journal_private v LEFT JOIN journal_entry e ON e.id = v.entry_id "
        "WHERE e.id IS NULL",
    ),
    (
        "waits for a position without need",
        "SELECT MIN(u.entry_id) FROM journal_unnumbered u LEFT JOIN journal_entry e ON e.id = u.entry_id "
        "LEFT JOIN journal_position p ON p.entry_id = u.entry_id WHERE e.id IS NULL OR p.entry_id IS NOT NULL",
    ),
    (
        "position is no number",
        f"SELECT MIN(entry_id) FROM journal_position WHERE NOT position <= {ANYWHERE}",
    ),
)
HEAD = "SELECT h.number, h.hash, (SELECT MAX(number) FROM journal_seal) FROM journal_sealhead h WHERE name = 'newest'"
NEWEST = "SELECT MAX(number) FROM journal_seal"


@dataclass(frozen=True, slots=True)
class Bad:
    """The first entry that is not as it was written, and what is wrong with it. `batch`: the seal that shows it."""

    entry: int | None
    position: int | None
    what: str
    batch: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`batches`: seals; `destroyed`: private values removed by order; `unsealed`: positions that no seal holds yet."""

    entries: int
    positions: int
    waiting: int
    batches: int
    unsealed: int
    destroyed: int
    ok: bool
    first_bad: Bad | None

    def document(self) -> dict[str, Any]:
        return asdict(self)


def verify(*, kept: Mapping[int, str] | None = None) -> Verdict:
    """Seals in a chain, every position as sealed, columns as in the text, private values as committed.

    Reads in chunks and outside any transaction; what is committed after the start is left to the next run. `kept`:
    hashes of seals that were kept elsewhere, by number; whoever rewrote everything cannot know them.
    """
    newest = read(HEAD)
    until = last_position()
    look = _Look(kept or {})
    look.at_all(until, newest[0][0] if newest else 0)
    if look.bad is None:
        look.bad = _bad_head(newest)
    nowhere = next(_nowhere(), None)
    if look.bad is None:
        look.bad = nowhere
    elif nowhere is not None and look.bad.entry is None and look.bad.what == nowhere.what == NO_POSITION:
        # A gap that no seal explains, and an entry that has lost its position: the one is the other.
        look.bad = replace(look.bad, entry=nowhere.entry)
    entries, positions, waiting, batches = read(COUNTS)[0]
    return Verdict(
        entries=entries,
        positions=positions,
        waiting=waiting,
        batches=batches,
        unsealed=max(0, until - look.sealed),
        destroyed=look.destroyed,
        ok=look.bad is None,
        first_bad=look.bad,
    )


class _Look:
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


def _bad_head(newest: list[tuple[Any, ...]]) -> Bad | None:
    """The newest seals were removed (or others put behind them), or the row that names the newest was changed."""
    if not newest:
        last = read(NEWEST)[0][0]
        return None if last is None else _of_seal(last, "the row that names the newest seal is missing")
    number, digest, last = newest[0]
    hashes = [seal.hash for seal in stored_seals(number - 1, number, leaves=False)] if number else [BEGINNING]
    if not hashes:
        return _of_seal(min(number, last + 1 if isinstance(last, int) else 1), "seal is missing")
    if number != (last or 0):
        return _of_seal(number + 1, "seal was added, or the row that names the newest was changed")
    return None if hashes == [digest] else _of_seal(number, "the row that names the newest seal was changed")


def _of_seal(number: int, what: str) -> Bad:
    """Named by the first position that it holds, or should hold."""
    before = [seal.header.last for seal in stored_seals(number - 2, number - 1, leaves=False)] if number > 1 else [0]
    position = before[0] + 1 if before else None
    held = next(walk(position - 1, position, private=False), None) if position else None
    return Bad(held.entry if held else None, position, f"seal {number}: {what}", number)


def _nowhere() -> Iterator[Bad]:
    for what, statement in NOWHERE:
        if (entry := read(statement)[0][0]) is not None:
            yield Bad(entry, None, what)


def _entry_in(line: str) -> int | None:
    entry = line.partition(" ")[0]
    return int(entry) if entry.isdigit() else None
