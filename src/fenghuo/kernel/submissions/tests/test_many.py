"""Many accepted at once: short transactions, each with its own result, and few statements for each paper."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fenghuo.kernel.access.errors import WrongState
from fenghuo.kernel.messaging.models import Message
from fenghuo.kernel.submissions import kinds, services
from fenghuo.kernel.submissions.models import State, Submission
from fenghuo.kernel.submissions.services import many
from tests.county import County
from tests.essays import Essays


def send_some(essays: Essays, count: int) -> list[Submission]:
    clerk = essays.county.actor("village", "clerk")
    return [essays.send(clerk, paper=essays.write(title=f"文章{n}")) for n in range(count)]


def test_a_transaction_takes_no_further_one_when_its_time_is_over(
    essays: Essays, county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, town = send_some(essays, 4), county.actor("a", "clerk")
    moments = iter(range(100))
    monkeypatch.setattr(
        many, "monotonic", lambda: next(moments) * 2 * many.LONGEST_S
    )  # each asking takes the whole time
    with CaptureQueriesContext(connection) as queries:
        results = list(services.accept_many(sent, by=town))
    outer = [one for one in queries.captured_queries if one["sql"].startswith("SAVEPOINT")]
    assert len(outer) == 2 * len(sent)  # a transaction and a savepoint for each
    assert all(one.receipt for one in results)


def test_what_fails_leaves_the_others_and_names_why(essays: Essays, county: County) -> None:
    sent, town = send_some(essays, 3), county.actor("a", "clerk")
    services.withdraw(sent[1], by=county.actor("village", "clerk"), reason="写错了")
    results = list(services.accept_many(sent, by=town))
    assert [bool(one.receipt) for one in results] == [True, False, True]
    assert results[1].why
    assert Submission.objects.filter(state=State.ACCEPTED).count() == 2
    assert Message.objects.filter(record=sent[2].pk).exists()


def test_a_room_that_objects_stops_its_own_paper_only(essays: Essays, county: County) -> None:
    sent, town = send_some(essays, 2), county.actor("a", "clerk")

    def object_to(paper: object, *_rest: object) -> None:
        if paper == sent[0].paper:
            raise WrongState("尚未签发")

    kinds.remove("essay")
    kinds.add(kinds.SubmissionKind("essay", settle=object_to))
    results = list(services.accept_many(sent, by=town))
    assert [one.why for one in results] == ["尚未签发", ""]
    assert Submission.objects.get(pk=sent[0].pk).state == State.SUBMITTED


def test_each_further_one_costs_at_most_thirty_statements(essays: Essays, county: County) -> None:
    town, cost = county.actor("a", "clerk"), []
    for count in (1, 6):
        sent = send_some(essays, count)
        with CaptureQueriesContext(connection) as queries:
            assert all(one.receipt for one in services.accept_many(sent, by=town))
        cost.append(len(queries))
    assert (cost[1] - cost[0]) / 5 <= 30
