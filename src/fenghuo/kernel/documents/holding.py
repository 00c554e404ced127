"""Which kinds of record hold files, and by which right or verb. Rooms say so in attaching.py, one line for each kind.

A room whose records hold files needs two things:

    # plans/attaching.py
    holds_files("plan", read="plans.read", write="plans.write", check=not_replaced)

    # plans/templates/plans/plan.html
    {% load attachments %} … {% attachments plan.pk %}

The tag shows the list with small pictures, the form (also without script), what is still on its way, and lets who may
take a file off. `check(pk, actor)` is called inside the transaction before anything is written: it locks the row and
raises WrongState, NotAllowed … Own verbs may stand in the place of the usual ones: `attach`, `detach` (a service each,
in its own transaction). `may` says to whom the page offers it, when the right alone does not tell. `listed` gives
another list than the record's own files. `positions`: whether a photo's place may be kept on wish.
In services use `attachments_of` (selectors) and `attach_file`, `may_attach` (services).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fenghuo.kernel.access.actor import Actor

from .reading import readable_with

if TYPE_CHECKING:
    from .models import Attachment
    from .services.staging import Staged

type Attach = Callable[[int, "Staged", Actor, str], "Attachment"]
type Detach = Callable[[int, int, Actor, str], "Attachment"]
type Listed = Callable[[int, Actor], Iterable["Attachment"]]
type Check = Callable[[int, Actor], None]
type May = Callable[[int, Actor], bool]


@dataclass(frozen=True, slots=True)
class Holder:
    """`write`: the action that attaching and taking off need. The rest: see above."""

    kind: str
    write: str
    check: Check | None = None
    attach: Attach | None = None
    detach: Detach | None = None
    listed: Listed | None = None
    may: May | None = None
    positions: bool = False


_holders: dict[str, Holder] = {}


def holds_files(
    kind: str,
    *,
    write: str,
    read: str = "",
    check: Check | None = None,
    attach: Attach | None = None,
    detach: Detach | None = None,
    listed: Listed | None = None,
    may: May | None = None,
    positions: bool = False,
) -> None:
    """`read`: the action that reading takes, unless `readable_with` has said it."""
    if read:
        readable_with(kind, read)
    _holders[kind] = Holder(kind, write, check, attach, detach, listed, may, positions)


def holder_of(kind: str) -> Holder | None:
    return _holders.get(kind)
