"""What no walk by position meets: rows without their entry or position, and a newest seal that is not the newest."""

from collections.abc import Iterator
from itertools import batched

from .destroyed import CHUNK, unfounded
from .headers import BEGINNING, stored_seals
from .looking import NO_POSITION, Bad
from .sealing import HEAD as NEWEST_NAME
from .walking import ANYWHERE, read, walk

# Each is one statement, so that what others commit meanwhile is seen whole or not at all.
ENTRIES = {
    NO_POSITION: (
        "SELECT MIN(e.id) FROM journal_entry e LEFT JOIN journal_position p ON p.entry_id = e.id "
        "LEFT JOIN journal_unnumbered u ON u.entry_id = e.id WHERE p.entry_id IS NULL AND u.entry_id IS NULL"
    ),
    "entry is missing, a link to a record is there": (
        "SELECT MIN(a.entry_id) FROM journal_entryabout a LEFT JOIN journal_entry e ON e.id = a.entry_id "
        "WHERE e.id IS NULL"
    ),
    "entry is missing, its private value is there": (
        "SELECT MIN(v.entry_id) FROM journal_private v LEFT JOIN journal_entry e ON e.id = v.entry_id "
        "WHERE e.id IS NULL"
    ),
    "waits for a position without need": (
        "SELECT MIN(u.entry_id) FROM journal_unnumbered u LEFT JOIN journal_entry e ON e.id = u.entry_id "
        "LEFT JOIN journal_position p ON p.entry_id = u.entry_id WHERE e.id IS NULL OR p.entry_id IS NOT NULL"
    ),
    "position is no number": f"SELECT MIN(entry_id) FROM journal_position WHERE NOT position <= {ANYWHERE}",
}
HEAD = "SELECT h.name, h.number, h.hash, (SELECT MAX(number) FROM journal_seal) FROM journal_sealhead h"
NEWEST = "SELECT MAX(number) FROM journal_seal"

type Newest = tuple[int, str, int | None]


def stray_entries() -> Iterator[Bad]:
    for what, statement in ENTRIES.items():
        if (entry := read(statement)[0][0]) is not None:
            yield Bad(entry, None, what)
    gone = [row[0] for row in read("SELECT entry_id FROM journal_destroyed ORDER BY entry_id")]
    for some in batched(gone, CHUNK):
        wrong = unfounded(some)
        for entry in sorted(wrong):
            found = read("SELECT position FROM journal_position WHERE entry_id = %s", entry)
            yield Bad(entry, found[0][0] if found else None, wrong[entry])


def newest_seal() -> Newest | None:
    """(number, hash) of the seal that is said to be the newest, and the highest number there is; None if not said."""
    found = read(HEAD)
    if len(found) != 1 or found[0][0] != NEWEST_NAME or not isinstance(found[0][1], int):
        return None
    return found[0][1], found[0][2], found[0][3]


def wrong_with_newest(newest: Newest | None) -> Bad | None:
    """The newest seals were removed (or others put behind them), or the row that names the newest was changed."""
    if newest is None:
        last = read(NEWEST)[0][0]
        return None if last is None else _of_seal(last, "the row that names the newest seal is missing or not alone")
    number, digest, last = newest
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
