"""`verify`: walk the whole journal and say whether anything was changed, removed, inserted or put in another order."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from .destroyed import unfounded
from .looking import NO_POSITION, Bad, Look
from .strays import newest_seal, stray_entries, wrong_with_newest
from .walking import last_position, read

__all__ = ["Bad", "Verdict", "verify"]

COUNTS = (
    "SELECT (SELECT COUNT(*) FROM journal_entry), (SELECT COUNT(*) FROM journal_position), "
    "(SELECT COUNT(*) FROM journal_unnumbered), (SELECT COUNT(*) FROM journal_seal)"
)


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
    newest = newest_seal()  # before the last position: what it seals is then within what is walked
    until = last_position()
    look = Look(kept or {})
    look.at_all(until, newest[0] if newest else 0)
    bad = look.bad or wrong_with_newest(newest)
    stray = next(stray_entries(), None)
    if bad is None:
        bad = stray
    elif stray is not None and bad.entry is None and bad.what == stray.what == NO_POSITION:
        # A gap that no seal explains, and an entry that has lost its position: the one is the other.
        bad = replace(bad, entry=stray.entry)
    elif bad.entry is not None and (why := unfounded([bad.entry]).get(bad.entry)):
        bad = replace(bad, what=why)  # says more than that the value does not fit
    entries, positions, waiting, batches = read(COUNTS)[0]
    return Verdict(
        entries=entries,
        positions=positions,
        waiting=waiting,
        batches=batches,
        unsealed=max(0, until - look.sealed),
        destroyed=look.destroyed,
        ok=bad is None,
        first_bad=bad,
    )
