"""The courses of papers, as the rooms hear of them."""

from collections.abc import Iterable

from .kinds import Course
from .models import Submission
from .states import GOOD, OPEN


def courses_of(papers: Iterable[int]) -> dict[int, list[Course]]:
    """All courses of each of these papers, oldest first; 1 query. Of one that was passed on and accepted above, the
    receipt is that of the next level.
    """
    keys = list(papers)
    rows = list(Submission.objects.select_related("record", "receiver").filter(paper__in=keys).order_by("pk"))
    above = {one.forwarded_from_id: one for one in rows if one.forwarded_from_id is not None and one.receipt}
    found: dict[int, list[Course]] = {key: [] for key in keys}
    for one in rows:
        next_level = above.get(one.pk)
        found[one.paper_id].append(
            Course(
                key=one.pk,
                number=one.record.number,
                kind=one.kind,
                receiver=one.receiver_id,
                to=one.receiver.name if one.receiver is not None else "",
                state=one.state,
                under_way=one.state in OPEN,
                accepted=one.state in GOOD,
                receipt=one.receipt or (next_level.receipt if next_level is not None else ""),
                sent_at=one.sent_at,
                settled_at=one.settled_at,
            )
        )
    return found
