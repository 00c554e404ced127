"""Workbooks that were brought: they and what was read of them belong to no record, and go after some days.

An order that destroys what stands in a register closes all imports of that register: who knows what is in the files.
"""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.destruction.rooms import Counts, Keys, Room, add

from .declaring import registers
from .importing import files
from .importing.reading import drop_rows
from .importing.services import brought_before
from .models import Import, ImportState


def _held(records: Keys) -> Counts:
    return {"imports": _open_beside(records).count()}


def _remove(records: Keys, _order: int) -> Counts:
    """Nobody gets at them from here on; `_finish` deletes the files and the rows, a few at a time."""
    cleared = {"headings": [], "problems": [], "fixed": {}, "name": ""}
    return {"imports": _open_beside(records).update(state=ImportState.CLOSED, finished_at=timezone.now(), **cleared)}


def _open_beside(records: Keys) -> QuerySet[Import]:
    names = [one.name for one in registers() if one.rows(SYSTEM).filter(**{f"{one.at}pk__in": list(records)}).exists()]
    return Import.objects.filter(register__in=names).exclude(state=ImportState.CLOSED)


def _finish() -> None:
    closed = Import.objects.filter(state=ImportState.CLOSED)
    for brought in closed.filter(rows__isnull=False).distinct():
        drop_rows(brought)
    for pk in closed.filter(pk__in=files.lying()).values_list("pk", flat=True):
        files.drop(pk)


def _sweep(before: datetime) -> int:
    keys = brought_before(before)
    for brought in Import.objects.filter(pk__in=keys):
        files.drop(brought.pk)
        drop_rows(brought)
    Import.objects.filter(pk__in=keys).delete()
    for path in files.lying_since(before):
        path.unlink(missing_ok=True)
    return len(keys)


add(
    Room(
        name="registers",
        things={"imports": _("workbooks brought for a register")},
        held=_held,
        remove=_remove,
        finish=_finish,
        sweeps={"import": _sweep},
    )
)
