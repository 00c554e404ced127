"""Accepting many at once: in chunks of short transactions, by whoever comes to it, each with its own result."""

from collections.abc import Sequence
from datetime import timedelta
from time import monotonic, sleep

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor, actor_for_post, post_is_held
from fenghuo.kernel.access.errors import Invalid, NotAllowed, Refused, said_by
from fenghuo.kernel.access.models import Post

from ..models import Batch, BatchItem, Submission
from ..telling import tell_senders
from .settling import accept_quietly

LONGEST_S = 0.03  # after so long a transaction takes no further one: other writers wait on SQLite
PAUSE_S = 0.025  # between two of them, so that who waits for SQLite's lock gets its turn
MOST = 500
AT_ONCE = 40  # of a transaction, however quick the machine
KEPT = timedelta(days=30)


@transaction.atomic
def begin_batch(found: Sequence[Submission], *, by: Actor) -> Batch:
    """What is to be accepted, written down; `accept_part` does it. This person's batches of long ago go.

    Raises: NotAllowed (a machine: it accepts one after the other), Invalid (none, more than `MOST`).
    """
    if by.unit_id is None or by.post_id is None or not by.may("submissions.review"):
        raise NotAllowed(_("Only somebody in a post accepts papers together."))
    if not found:
        raise Invalid(message=_("Nothing was ticked, or it has been answered meanwhile."))
    if len(found) > MOST:
        raise Invalid(message=_("At most %(most)s at once.") % {"most": MOST})
    now = timezone.now()
    Batch.objects.filter(post=by.post_id, ended_at__lt=now - KEPT).delete()
    made = Batch.objects.create(
        unit_id=by.unit_id, post_id=by.post_id, language=translation.get_language() or "zh-hans", asked_at=now
    )
    BatchItem.objects.bulk_create(BatchItem(batch=made, submission=one) for one in found)
    return made


def accept_for(batch: Batch, seconds: float) -> bool:
    """As many as are accepted meanwhile; the worker does the rest. Whether it has come to its end."""
    until = monotonic() + seconds
    while not (ended := accept_part(batch.pk)) and monotonic() < until:
        sleep(PAUSE_S)
    return ended


def accept_part(pk: int) -> bool:
    """As many as fit into a short transaction, at least one; what fails leaves the others alone.

    Whether the batch has come to its end. Outside any transaction.
    """
    batch = Batch.objects.filter(pk=pk, ended_at=None).first()
    if batch is None:
        return True
    with translation.override(batch.language):
        try:
            by = _actor_of(batch)
        except NotAllowed as refused:
            _give_up(batch, str(refused))
            return True
        return _part(batch, by)


@transaction.atomic
def _give_up(batch: Batch, why: str) -> None:
    batch.items.filter(done_at=None).update(done_at=timezone.now(), why=why)
    Batch.objects.filter(pk=batch.pk, ended_at=None).update(ended_at=timezone.now())


@transaction.atomic
def _part(batch: Batch, by: Actor) -> bool:
    begun = monotonic()
    held = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    accepted, waiting = list[Submission](), held.items.filter(done_at=None).select_related("submission__record")
    done = list[BatchItem]()
    for item in waiting.order_by("pk")[:AT_ONCE]:
        if done and monotonic() - begun >= LONGEST_S:
            break
        try:
            with transaction.atomic():
                accepted += accept_quietly(item.submission, by=by)
        except Refused as refused:
            item.why = _why(refused)
        item.done_at = timezone.now()
        done.append(item)
    BatchItem.objects.bulk_update(done, ["done_at", "why"])
    if accepted:
        tell_senders(accepted, "accepted", by=by)
    if ended := not held.items.filter(done_at=None).exists():
        held.ended_at = held.ended_at or timezone.now()
        held.save(update_fields=["ended_at"])
    return ended


def _why(refused: Refused) -> str:
    return " ".join(said_by(refused))


def _actor_of(batch: Batch) -> Actor:
    """Who asked, as they are now. Raises: NotAllowed."""
    post = Post.objects.select_related("unit__region", "unit__record").get(pk=batch.post_id)
    if not post_is_held(post, timezone.localdate()):
        raise NotAllowed(_("Whoever asked for this no longer holds the post. Nothing more is accepted."))
    return actor_for_post(post)
