"""The lists are read by their indexes on both databases, and never by walking all submissions."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import QuerySet

from fenghuo.kernel.access.actor import Actor
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


@pytest.mark.parametrize("index", LISTS)
def test_a_box_is_read_by_its_index(county: County, index: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # the table of a test is too small to need an index
    plan = LISTS[index](county.actor("a", "clerk"))[:50].explain()
    assert index.removesuffix("_all") in plan, plan
    assert "Seq Scan on submissions_submission" not in plan
    assert "SCAN submissions_submission" not in plan
