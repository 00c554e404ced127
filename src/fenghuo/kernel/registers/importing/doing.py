"""Rows of a workbook, tried or done: through the one write path, as many at once as leave the write lock to others."""

import gc
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from django.db import DatabaseError, DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.batches import together
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid, NotFound, Refused

from ..declaring import Register, Row
from ..writing import Reading, Said, change_rows, create_rows

type Act = Callable[[Sequence[int]], list[Row | Refused]]

LOG = logging.getLogger(__name__)
HELD_S = 0.05  # about so long is SQLite's write lock held
# Between two holdings, so that a call that comes in gets its turn: who waits for SQLite's lock looks every 25 ms (after
# a tenth of a second less often), and would miss a shorter pause again and again. The next rows are read meanwhile.
PAUSE_S = 0.025
FIRST, MOST = 24, 400  # rows that go in together


class Wanted(NamedTuple):
    """A row as it should go in. `target`, `version`, `record`: of the row that it changes; None: it is a new one."""

    values: Mapping[str, str]
    target: int | None = None
    version: int | None = None
    record: int | None = None


class Pace:
    """How many rows go in at once, learned from how long they take on this machine; and the pause between.

    Of rows that go in together never fewer than `FIRST`: most of the time is then not theirs.
    """

    def __init__(self, register: Register) -> None:
        together = register.create_many is not None and register.change_many is not None
        self._least = FIRST if together else 1
        self.rows = FIRST if together else 2
        self._let_go = -PAUSE_S

    @contextmanager
    def holding(self, going: "Going") -> Iterator[None]:
        """In a transaction, as soon as others have had their turn."""
        if connection.vendor == "sqlite":  # elsewhere nobody waits for more than the same rows
            time.sleep(max(0.0, self._let_go + PAUSE_S - time.monotonic()))
        began = time.monotonic()
        with _no_collecting(), transaction.atomic():
            yield
        self._let_go = time.monotonic()
        self._learn(len(going.wanted), self._let_go - began)

    def _learn(self, rows: int, seconds: float) -> None:
        fitting = int(rows * HELD_S / max(seconds, 0.001))
        self.rows = max(self._least, min(fitting, rows * 2, MOST))


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Looking through all that was read of a large workbook takes a third of a second: not with the lock held."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Going:
    """Some rows that are to go in: `wanted`, no record twice among them. They are read, and what they name is looked
    up, before any lock is taken."""

    def __init__(self, register: Register, actor: Actor, wanted: Sequence[Wanted]) -> None:
        self.register, self.actor, self.wanted = register, actor, wanted
        self._said: dict[int, Said] = {}
        for new in (True, False):
            places = [place for place, one in enumerate(wanted) if (one.target is None) is new]
            said = self._read(Reading(register, actor, new=new), [_filled(wanted[place]) for place in places])
            self._said.update(zip(places, said, strict=True))

    def _read(self, reading: Reading, many: Sequence[Mapping[str, str]]) -> list[Said]:
        try:
            with self._mistakes(len(many)):
                return reading.read_all(many)
        except Refused as refused:
            if len(many) == 1:
                return [refused]
        return [said for one in many for said in self._read(reading, [one])]

    def put(self) -> list[Row | Refused]:
        """Each row as it stands now, or why it does not go in. In a transaction."""
        new = [place for place, one in enumerate(self.wanted) if one.target is None]
        changed = [place for place, one in enumerate(self.wanted) if one.target is not None]
        found: dict[int, Row | Refused] = {}
        for at, many, act in (
            (new, self.register.create_many, self._create),
            (changed, self.register.change_many, self._change),
        ):
            carried = partial(self._carried_out, act)
            for some in [at] if at and many else [[place] for place in at]:
                found.update(zip(some, together(some, carried), strict=True))
        return [found[place] for place in range(len(self.wanted))]

    def _carried_out(self, act: Act, places: Sequence[int]) -> list[Row | Refused]:
        """Raises: Refused, when they do not go in together."""
        try:
            with self._mistakes(len(places)), transaction.atomic():
                return act(places)
        except (IntegrityError, DataError) as error:
            raise Conflict(_("The database does not take this row beside those that are there.")) from error

    @contextmanager
    def _mistakes(self, rows: int) -> Iterator[None]:
        """One row that the house cannot take must not hold up those behind it. Raises: Refused."""
        try:
            yield
        except (Refused, DatabaseError, OSError):
            raise
        except Exception as error:
            if rows == 1:
                LOG.exception("a row of a workbook for %s cannot be stored", self.register.name)
            raise Refused(_("A fault of this system keeps the row out; it is in the log. Enter it by hand.")) from error

    def _create(self, places: Sequence[int]) -> list[Row | Refused]:
        return create_rows(self.register, [self._said[place] for place in places], by=self.actor)

    def _change(self, places: Sequence[int]) -> list[Row | Refused]:
        about = [(self.wanted[place].target or 0, self.wanted[place].version, self._said[place]) for place in places]
        return change_rows(self.register, about, by=self.actor)


def unlike(wanted: Iterable[Wanted]) -> Iterator[Wanted]:
    """The first of them, up to one that is about the same record as one before."""
    seen: set[int] = set()
    for one in wanted:
        if one.record in seen:
            return
        if one.record is not None:
            seen.add(one.record)
        yield one


def try_all(register: Register, actor: Actor, wanted: Sequence[Wanted]) -> Iterator[Row | Refused]:
    """What `Going.put` would answer: done and taken back, so that the services themselves say what they refuse."""
    pace, start = Pace(register), 0
    while start < len(wanted):
        going = Going(register, actor, list(unlike(wanted[start : start + pace.rows])))
        with pace.holding(going):
            answers = going.put()
            transaction.set_rollback(True)
        yield from answers
        start += len(answers)


def faults_of(refused: Refused, *, new: bool) -> Sequence[Fault]:
    """What a service objected to, column by column; `field` "" for the row as a whole. `new`: there is no such row."""
    if isinstance(refused, Invalid) and refused.faults:
        return [Fault(one.field.split(".")[0], one.message, one.given) for one in refused.faults]
    if new and isinstance(refused, NotFound):
        return [Fault("", _("It belongs to a unit or a place for which you may not enter anything."))]
    return [Fault("", str(refused))]


def _filled(one: Wanted) -> dict[str, Any]:
    """What is empty says nothing."""
    return {name: text for name, text in one.values.items() if text}
