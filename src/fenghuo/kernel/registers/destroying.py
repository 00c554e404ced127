"""Workbooks that were brought: they and what was read of them belong to no record, and go after some days."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.destruction.rooms import Room, add

from .importing import files
from .importing.services import brought_before
from .models import Import


def _sweep(before: datetime) -> int:
    keys = brought_before(before)
    for pk in keys:
        files.drop(pk)
    Import.objects.filter(pk__in=keys).delete()
    for path in files.lying_since(before):
        path.unlink(missing_ok=True)
    return len(keys)


add(Room(name="registers", things={"imports": _("workbooks brought for a register")}, sweeps={"import": _sweep}))
