"""The right rows go in: a few at a time, whoever does it, so that it goes on after every interruption."""

import time
from collections.abc import Set

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Refused
from fenghuo.kernel.journal.recording import record

from ..declaring import Register
from ..models import Import, ImportRow, ImportState
from .doing import HELD_S, PAUSE_S, faults_of, put
from .matching import Key, keys_of, keys_there
from .services import actor_of, register_of, require_importing

MOST = 25  # rows in one part; time ends it sooner


def apply_part(pk: int) -> bool:
    """Some rows, in one transaction, each in a savepoint of its own; whether the import has come to its end."""
    with transaction.atomic():
        held = Import.objects.select_for_update(of=("self",)).filter(pk=pk, state=ImportState.APPLYING).first()
        if held is None:
            return True
        with translation.override(held.language):
            return _part(held)


def apply_for(pk: int, seconds: float) -> bool:
    """As much as goes in meanwhile; the worker does the rest. Whether it has come to its end."""
    until = time.monotonic() + seconds
    while not apply_part(pk):
        if time.monotonic() > until:
            return False
        time.sleep(PAUSE_S)
    return True


def _part(held: Import) -> bool:
    try:
        register, by = register_of(held), actor_of(held)
        require_importing(by, register)
    except Refused as refused:
        held.state, held.problems = ImportState.CHECKED, [{"message": str(refused)}]
        held.save(update_fields=["state", "problems"])
        return True
    until = time.monotonic() + HELD_S
    waiting = held.rows.filter(round=held.round, state=ImportRow.State.WAITING).exclude(kind=ImportRow.Kind.WRONG)
    rows = list(waiting[:MOST])
    there = keys_there(register, by, (row.values for row in rows if row.target is None))
    for row in rows:
        _put(register, row, by, there)
        if time.monotonic() > until:
            return False
    if len(rows) == MOST:
        return False
    _finish(held, by)
    return True


def _put(register: Register, row: ImportRow, by: Actor, there: Set[Key]) -> None:
    if row.record is not None:  # another row of this file may have changed the same record: not somebody else
        row.refresh_from_db(fields=["version"])
    try:
        if row.target is None and not there.isdisjoint(keys_of(register, row.values)):
            raise Conflict(_("Somebody has entered this meanwhile. Check the file again."))
        made = put(register, by, row.values, row.target, row.version)
    except Refused as refused:
        row.state = ImportRow.State.REFUSED
        labels = {column.name: str(column.label) for column in register.columns}
        row.problems = [
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
        row.save(update_fields=["state", "problems"])
        return
    if row.target is None:
        row.target = made.pk
    row.state, row.values = ImportRow.State.STORED, {}  # it stands in the register now
    row.save(update_fields=["state", "values", "target"])
    if row.record is not None:
        again = type(register.record(made)).objects.get(pk=row.record)
        same = ImportRow.objects.filter(of=row.of_id, round=row.round, record=row.record, version=row.version)
        same.filter(state=ImportRow.State.WAITING).update(version=again.version)


def _finish(held: Import, by: Actor) -> None:
    kinds = held.rows.filter(round=held.round, state=ImportRow.State.STORED).values_list("kind", flat=True)
    stored = list(kinds)
    held.state, held.finished_at = ImportState.DONE, timezone.now()
    held.save(update_fields=["state", "finished_at"])
    public = {
        "register": held.register,
        "created": stored.count(ImportRow.Kind.NEW),
        "changed": stored.count(ImportRow.Kind.CHANGED),
    }
    record("register.imported", by, about=[held.unit_id], public=public)
