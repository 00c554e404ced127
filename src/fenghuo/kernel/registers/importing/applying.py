"""The right rows go in: a few at a time, whoever does it, so that it goes on after every interruption."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Refused
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.access.rows import Rows, update_rows
from fenghuo.kernel.journal.recording import record

from ..declaring import Register, Row
from ..models import Import, ImportRow, ImportState
from .doing import Going, Pace, Wanted, faults_of, unlike
from .matching import keys_of, keys_there
from .selectors import progress
from .whose import actor_of, register_of, require_importing

LOOKED_AT_AGAIN_S = 1.0  # so long after its end a post may still let rows in

type Answer = Row | Refused


@dataclass(frozen=True, slots=True)
class Run:
    """Who lets rows in, as they were at `since` (seconds of the monotonic clock), and how many at once."""

    register: Register
    by: Actor
    pace: Pace
    since: float

    @property
    def fresh(self) -> bool:
        return time.monotonic() - self.since < LOOKED_AT_AGAIN_S


def apply_part(pk: int, run: Run | None = None) -> Run | None:
    """Some rows, in one transaction. With what the next part goes on; None at the end of the import."""
    brought = Import.objects.filter(pk=pk, state=ImportState.APPLYING).first()
    if brought is None:
        return None
    with translation.override(brought.language):
        if run is None or not run.fresh:
            try:
                run = _begun(brought, run.pace if run else None)
            except Refused as refused:
                mine = Import.objects.filter(pk=pk, state=ImportState.APPLYING)
                mine.update(state=ImportState.CHECKED, problems=[{"message": str(refused)}])
                return None
        return None if _part(brought, run.register, run.by, run.pace) else run


def apply_for(pk: int, seconds: float) -> bool:
    """As much as goes in meanwhile; the worker does the rest. Whether it has come to its end."""
    until = time.monotonic() + seconds
    run = apply_part(pk)
    while run is not None and time.monotonic() < until:
        run = apply_part(pk, run)
    return run is None


def _begun(brought: Import, pace: Pace | None) -> Run:
    """Raises: NotAllowed, WrongState."""
    register, by = register_of(brought), actor_of(brought)
    require_importing(by, register)
    return Run(register, by, pace or Pace(register), time.monotonic())


def _part(brought: Import, register: Register, by: Actor, pace: Pace) -> bool:
    """Whether it has come to its end. All that can be is looked up before the lock is taken."""
    read = list(_waiting(brought)[: pace.rows])
    wanted = list(unlike(_wanted(row) for row in read))
    rows = read[: len(wanted)]
    there = keys_there(register, by, (row.values for row in rows if row.target is None))
    taken = {row.pk for row in rows if row.target is None and not there.isdisjoint(keys_of(register, row.values))}
    going = Going(register, by, [one for row, one in zip(rows, wanted, strict=True) if row.pk not in taken])
    with pace.holding(going):
        held = Import.objects.select_for_update(of=("self",)).filter(pk=brought.pk, state=ImportState.APPLYING).first()
        if held is None or held.round != brought.round:
            return held is None
        if _waiting(held).filter(pk__in=[row.pk for row in rows]).count() < len(rows):
            return False  # another worker was quicker
        answers = iter(going.put())
        meanwhile = Conflict(_("Somebody has entered this meanwhile. Check the file again."))
        _keep(register, [(row, meanwhile if row.pk in taken else next(answers)) for row in rows])
        _tell_others(held, [row for row in rows if row.state == ImportRow.State.STORED])
        if ended := not rows:
            _finish(held, by)
    return ended


def _waiting(brought: Import) -> QuerySet[ImportRow]:
    rows = brought.rows.filter(round=brought.round, state=ImportRow.State.WAITING)
    return rows.exclude(kind=ImportRow.Kind.WRONG)


def _wanted(row: ImportRow) -> Wanted:
    return Wanted(row.values, row.target, row.version, row.record)


def _keep(register: Register, answered: Iterable[tuple[ImportRow, Answer]]) -> None:
    """What became of each row; of what is stored nothing else is kept, it stands in the register now."""
    labels = {column.name: str(column.label) for column in register.columns}
    rows = []
    for row, answer in answered:
        if isinstance(answer, Refused):
            row.state = ImportRow.State.REFUSED
            row.problems = _problems(row, answer, labels)
        else:
            row.state, row.values, row.target = ImportRow.State.STORED, {}, row.target or answer.pk
        rows.append((row.pk, str(row.state), row.values, row.target, row.problems))
    update_rows(Rows(ImportRow, ("id", "state", "values", "target", "problems"), rows))


def _problems(row: ImportRow, refused: Refused, labels: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "sheet": row.sheet,
            "row": row.number,
            "cell": "",
            "field": fault.field,
            "heading": labels.get(fault.field, fault.field),
            "given": "" if fault.given is None else str(fault.given)[:200],
            "message": str(fault.message),
            "weight": "error",
        }
        for fault in faults_of(refused, new=row.target is None)
    ]


def _tell_others(held: Import, stored: Sequence[ImportRow]) -> None:
    """To another row of this file about the same record (two posts of one person), this was nobody else's change."""
    before = {row.record: row.version for row in stored if row.record is not None and row.record != row.target}
    if not before:
        return
    waiting = held.rows.filter(round=held.round, kind=ImportRow.Kind.CHANGED, state=ImportRow.State.WAITING)
    rows = waiting.filter(record__in=before).values_list("pk", "record", "version")
    others = [(pk, about) for pk, about, version in rows if about is not None and version == before[about]]
    if others:
        now = dict(Record.objects.filter(pk__in={about for _pk, about in others}).values_list("pk", "version"))
        update_rows(Rows(ImportRow, ("id", "version"), [(pk, now[about]) for pk, about in others]))


def _finish(held: Import, by: Actor) -> None:
    done = progress(held)
    held.state, held.finished_at = ImportState.DONE, timezone.now()
    held.save(update_fields=["state", "finished_at"])
    public = {"register": held.register, "created": done["created"], "changed": done["changed"]}
    record("register.imported", by, about=[held.unit_id], public=public)
