"""The lists are read by their indexes on both databases, and never by walking all submissions."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.submissions import selectors
from fenghuo.kernel.submissions.models import Submission
from fenghuo.kernel.submissions.selectors import Asked
from tests.county import County

LISTS: dict[str, Callable[[Actor], QuerySet[Submission]]] = {
    "submission_inbox": lambda by: Asked("waiting").narrow(selectors.inbox(by)),
    "submission_inbox_all": selectors.inbox,
    "submission_outbox": lambda by: Asked("correcting").narrow(selectors.outbox(by)),
    "submission_outbox_all": selectors.outbox,
}


def fill(county: County) -> None:
    """Papers of others, so that it is worth while to have an index."""
    other, paper = county.units["b"], county.report()
    shared = {"kind": "submission", "unit": other, "region": other.region, "block": other.region.path}
    records = Record.objects.bulk_create([Record(**shared, title="甲") for _n in range(600)])
    Submission.objects.bulk_create(
        [
            Submission(
                record=record,
                kind=f"kind_{place}",
                paper_id=paper.pk,
                act=f"{place:032x}",
                sender=other,
                receiver=other,
                state="returned",
                sent_at=timezone.now(),
            )
            for place, record in enumerate(records)
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.parametrize("index", LISTS)
def test_a_box_is_read_by_its_index(county: County, index: str) -> None:
    fill(county)
    plan = LISTS[index](county.actor("a", "clerk"))[:50].explain()
    assert index.removesuffix("_all") in plan, plan
    assert "Seq Scan on submissions_submission" not in plan
    assert "SCAN submissions_submission" not in plan
