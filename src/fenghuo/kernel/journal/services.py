"""Reading private values: with a right, with a reason, and on record."""

import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Gone, Invalid, NotFound
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record

from .destroyed import destroyed_by
from .models import Entry, Private
from .recording import record


@transaction.atomic
def read_private(entry: Entry, *, by: Actor, reason: str) -> dict[str, Any]:
    """The personal values of an entry. The reading itself goes on record with its reason.

    Raises: NotFound, NotAllowed, Invalid (no reason given), Gone (destroyed by order).
    """
    about = list(Record.objects.filter(entry_rows__entry=entry).order_by("entry_rows__place"))
    require(by, "journal.read_private", about[0])
    if not reason.strip():
        raise Invalid(Fault("reason", _("say why the personal values are needed"), reason))
    kept = Private.objects.filter(entry=entry).first()
    if kept is None and (order := destroyed_by([entry.pk]).get(entry.pk)):
        raise Gone(_("Destroyed by order No. %(order)s.") % {"order": order})
    if kept is None:
        raise NotFound(_("This entry has no personal values."))
    record("journal.private_read", by, about=about[:1], public={"entry": entry.pk, "reason": reason})
    value: dict[str, Any] = json.loads(kept.value)
    return value
