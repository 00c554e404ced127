"""The rows of a new submission: its record, the submission, and who sees what because of it."""

from datetime import datetime

from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Record, RecordSubject, Share, Unit
from fenghuo.kernel.registry.numbers import take_numbers

from ..models import State, Submission
from ..receivers import Addressed
from ..states import GOOD, OPEN

FILED = "filed"
KIND = "submission"


def make(
    paper: Record,
    kind: str,
    sender: Unit,
    to: Addressed,
    *,
    by: Actor,
    act: str,
    at: datetime,
    forwarded_from: Submission | None = None,
) -> Submission:
    """In the block of the paper and of its lines; it belongs to the receiver, a gap to the sender."""
    made = Record.objects.create(
        kind=KIND,
        number=take_numbers(KIND, "S", timezone.localdate(at), 1)[0],
        title=paper.title,
        unit=to.unit or sender,
        region_id=paper.region_id or sender.region_id,
        block=paper.block or sender.region.path,
        exercise=paper.exercise,
        demo=paper.demo or by.demo,
    )
    lines = set(RecordSubject.objects.filter(record=paper).values_list("subject", flat=True)) | {to.subject}
    RecordSubject.objects.bulk_create([RecordSubject(record=made, subject=line) for line in sorted(lines - {""})])
    one = Submission.objects.create(
        record=made,
        kind=kind,
        paper=paper,
        act=act,
        sender=sender,
        receiver=to.unit,
        subject=to.subject,
        state=State.SUBMITTED if to.unit is not None else State.GAP,
        sent_at=at,
        forwarded_from=forwarded_from,
    )
    give_sight(one)
    return one


def give_sight(one: Submission) -> None:
    """The sender sees the submission, the receiver the paper as well; who wrote it sees each of its courses."""
    if one.receiver is None:
        return
    shares = [Share(record_id=one.pk, unit_id=one.sender_id, why=FILED)]
    if one.paper.unit_id not in (None, one.sender_id):
        shares.append(Share(record_id=one.pk, unit_id=one.paper.unit_id, why=FILED))
    shares.append(Share(record_id=one.paper_id, unit_id=one.receiver_id, why=FILED))
    Share.objects.bulk_create(shares, ignore_conflicts=True)


def withdraw_sight(one: Submission) -> None:
    """Of the paper, unless it lies there by another course. That it was sent and withdrawn the receiver still sees."""
    others = Submission.objects.filter(paper=one.paper_id, receiver=one.receiver_id, state__in=(*OPEN, *GOOD))
    if one.receiver_id is not None and not others.exclude(pk=one.pk).exists():
        Share.objects.filter(record=one.paper_id, unit=one.receiver_id, why=FILED).delete()
