"""A round: what was sent this time, frozen, and the steps it will go through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.standards.submission_kinds import SubmissionRule

from ..models import Enclosure, Review, Round, Submission, Way


@dataclass(frozen=True, slots=True)
class Hand:
    """The paper came by hand, and the receiver enters it. `brought_by`: who came with it; personal."""

    brought_by: str


def open_round(
    one: Submission,
    rule: SubmissionRule,
    inside: Sequence[tuple[str, int | None]],
    *,
    by: Actor,
    at: datetime,
    way: Way,
    brought_by: str = "",
    note: str = "",
) -> Round:
    made = Round.objects.create(
        submission=one,
        number=one.round,
        title=one.paper.title,
        version=one.paper.version,
        way=way,
        brought_by=brought_by,
        note=note,
        sent_by_id=by.post_id,
        sent_at=at,
        recorded_at=timezone.now(),
    )
    Enclosure.objects.bulk_create(
        [Enclosure(round=made, item=item, attachment_id=pk, on_paper=pk is None) for item, pk in inside]
    )
    Review.objects.bulk_create(
        [
            Review(round=made, place=place, role=role)
            for place, roles in enumerate(rule.steps)
            for role in dict.fromkeys(roles)
        ]
    )
    return made
