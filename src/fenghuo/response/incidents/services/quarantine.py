"""Messages from known senders that could not be used: kept, seen by the desk, settled by a person."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.registry.numbers import take_numbers
from fenghuo.kernel.registry.places import places

from ..models import Quarantined

MOST_BYTES = 256 * 1024


@transaction.atomic
def quarantine(
    *, by: Actor, body: bytes, digest: str, content_type: str, status: int, faults: Sequence[dict[str, Any]]
) -> Quarantined:
    """Keep what a machine sent and could not be read, up to 256 KiB of it. Raises: NotAllowed.

    A machine that sends the same again and again (`digest`: SHA-256 of the body) gets one row that counts.
    """
    require(by, "reports.receive")
    now = timezone.now()
    if known := Quarantined.objects.select_related("record").filter(token=by.token_id, digest=digest).first():
        Quarantined.objects.filter(pk=known.pk).update(
            times=F("times") + 1, received_at=now, settled_at=None, status=status, faults=list(faults)
        )
        return known
    home = places()
    opened = Record.objects.create(
        kind="quarantined",
        number=take_numbers("quarantined", "Q", timezone.localdate(now), 1)[0],
        title=by.label,
        unit_id=by.unit_id,
        region_id=home.home_id,
        block=home.home_path,
        demo=by.demo,
    )
    kept = Quarantined.objects.create(
        record=opened,
        token_id=by.machine,
        body=body[:MOST_BYTES],
        digest=digest,
        content_type=content_type[:100].replace("\x00", ""),
        status=status,
        faults=list(faults),
        received_at=now,
    )
    record("quarantine.kept", by, about=[kept], public={"status": status, "bytes": len(body)})
    return kept


@transaction.atomic
def settle_quarantined(kept: Quarantined, *, by: Actor, note: str) -> Quarantined:
    """Say what was done about it. Raises: NotFound, NotAllowed, WrongState, Invalid."""
    require(by, "quarantine.settle", kept)
    kept = Quarantined.objects.lock(kept)
    if kept.settled_at is not None:
        raise WrongState(_("This message has already been settled."))
    if not note.strip():
        raise Invalid(Fault("note", _("say what was done with it"), note))
    kept.settled_at, kept.note = timezone.now(), note.strip()[:500]
    kept.save(update_fields=["settled_at", "note"])
    record("quarantine.settled", by, about=[kept], private={"note": kept.note})
    return kept
