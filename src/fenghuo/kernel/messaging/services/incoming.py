"""What a gateway sends is kept once, however often it comes; what nobody can use is seen and settled by a person."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.journal.recording import record as put_on_record
from fenghuo.kernel.registry.numbers import take_numbers
from fenghuo.kernel.registry.places import places

from ..models import Incoming, IncomingKind, Message

MOST = 20_000  # characters kept of a body


def keep(
    kind: IncomingKind,
    key: tuple[str, ...],
    *,
    body: str,
    message: Message | None = None,
    gateway_id: str = "",
    phone: str = "",
    text: str = "",
    status: str = "",
    said_at: datetime | None = None,
) -> tuple[Incoming, bool]:
    """(the row, whether it is new). The same `key` again is counted and otherwise left as it is."""
    digest = hashlib.sha256("\x1f".join((kind, *key)).encode()).hexdigest()
    kept, new = Incoming.objects.get_or_create(
        key=digest,
        defaults={
            "kind": kind,
            "message": message,
            "gateway_id": gateway_id[:128],
            "phone": phone[:32],
            "text": text,
            "status": status[:64],
            "said_at": said_at,
            "received_at": timezone.now(),
            "body": body[:MOST],
        },
    )
    if not new:
        Incoming.objects.filter(pk=kept.pk).update(times=F("times") + 1)
    return kept, new


def put_on_the_list(kept: Incoming, *, by: Actor) -> None:
    """Nobody could use it: from now on it is on the list of the county's desk."""
    home = places()
    with translation.override(settings.LANGUAGE_CODE):
        title = str(IncomingKind(kept.kind).label)
    opened = Record.objects.create(
        kind="incoming",
        number=take_numbers("incoming", "M", timezone.localdate(), 1)[0],
        title=title,
        region_id=home.home_id,
        block=home.home_path,
        demo=home.home_id is not None and Record.objects.filter(pk=home.home_id, demo=True).exists(),
    )
    kept.record = opened
    kept.save(update_fields=["record"])
    put_on_record("incoming.kept", by, about=[opened], public={"kind": kept.kind}, private={"body": kept.body})


@transaction.atomic
def keep_unreadable(body: str, *, by: Actor) -> Incoming:
    """Something that is no receipt and no reply."""
    kept, new = keep(IncomingKind.UNREADABLE, (body,), body=body)
    if new:
        put_on_the_list(kept, by=by)
    return kept


@transaction.atomic
def settle_incoming(kept: Incoming, *, by: Actor, note: str) -> Incoming:
    """Say what was done about it. Raises: NotFound, NotAllowed, WrongState, Invalid."""
    if kept.record is None:
        raise WrongState(_("It was used and is on no list."))
    require(by, "messages.settle", kept.record)
    if not note.strip():
        raise Invalid(Fault("note", _("say what was done with it"), note))
    done = {"settled_at": timezone.now(), "note": note.strip()[:500]}
    if not Incoming.objects.filter(pk=kept.pk, settled_at=None).update(**done):
        raise WrongState(_("Somebody has already dealt with it."))
    put_on_record(
        "incoming.settled", by, about=[kept.record], public={"kind": kept.kind}, private={"note": done["note"]}
    )
    kept.refresh_from_db()
    return kept
