"""A file and the record it is for, whatever room the record is of: the room's own verb, or the usual one."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotAllowed
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.journal.recording import record as put_on_record

from ..holding import Holder, holder_of
from ..models import Attachment
from .attaching import attach, detach
from .staging import Infected, Staged, stage


def may_attach(record: Record, by: Actor) -> bool:
    """Whether the page offers it; the state of the record is asked when it is done."""
    holder = holder_of(record.kind)
    if holder is None or not by.may(holder.write):
        return False
    return holder.may is None or holder.may(record.pk, by)


def require_attaching(record: Record, by: Actor) -> Holder:
    """The record's holder. Raises: NotFound, NotAllowed."""
    holder = holder_of(record.kind)
    if holder is None:
        raise NotAllowed(_("No files are attached to this."))
    require(by, holder.write, record)
    return holder


def check_state(record: Record, by: Actor) -> Holder:
    """Also whether the record takes files now, before much is sent. Raises: what the room's own check raises too."""
    holder = require_attaching(record, by)
    if holder.check is not None:
        with transaction.atomic():
            holder.check(record.pk, by)
    return holder


def bring_file(
    record: Record, chunks: Iterable[bytes], name: str, *, by: Actor, note: str = "", keep_position: bool = False
) -> Attachment:
    """Stage and attach what comes in one request. Raises: what `stage` and `attach_file` raise."""
    holder = check_state(record, by)
    with infections_on_record(record, by):
        staged = stage(chunks, name, keep_position=keep_position and holder.positions)
    return attach_file(record, staged, by=by, note=note)


def attach_file(record: Record, staged: Staged, *, by: Actor, note: str = "") -> Attachment:
    """In one short transaction. Raises: NotFound, NotAllowed, Conflict, and what the room's own verb raises."""
    holder = require_attaching(record, by)
    note = note.replace("\x00", "")
    if holder.attach is not None:
        return holder.attach(record.pk, staged, by, note)
    with transaction.atomic():
        if holder.check is not None:
            holder.check(record.pk, by)
        return attach(record, staged, by=by, action=holder.write, note=note)


def take_off(found: Attachment, *, by: Actor, reason: str) -> Attachment:
    """Raises: NotFound, NotAllowed, Invalid (no reason), and what the room's own verb raises."""
    holder = require_attaching(found.record, by)
    reason = reason.replace("\x00", "")
    if holder.detach is not None:
        return holder.detach(found.record_id, found.pk, by, reason)
    with transaction.atomic():
        if holder.check is not None:
            holder.check(found.record_id, by)
        return detach(found.record, found.pk, by=by, action=holder.write, reason=reason)


@contextmanager
def infections_on_record(record: Record, by: Actor) -> Iterator[None]:
    """A virus that was refused goes into the journal of the record it was meant for."""
    try:
        yield
    except Infected as found:
        with transaction.atomic():
            public = {"digest": found.digest, "virus": found.virus}
            put_on_record("file.infected", by, about=[record], public=public, private={"name": found.name[:200]})
        raise
