"""Many accepted at once: short transactions, each with its own result, and few statements for each paper."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, WrongState
from fenghuo.kernel.access.models import Post
from fenghuo.kernel.messaging.models import Message
from fenghuo.kernel.submissions import kinds, services
from fenghuo.kernel.submissions.accepting import Acceptor
from fenghuo.kernel.submissions.models import Batch, BatchItem, State, Submission
from fenghuo.kernel.submissions.services import many
from fenghuo.kernel.submissions.views import boxes
from tests.county import County
from tests.essays import Essays


def send_some(essays: Essays, count: int) -> list[Submission]:
    clerk = essays.county.actor("village", "clerk")
    return [essays.send(clerk, paper=essays.write(title=f"文章{n}")) for n in range(count)]


def accept_all(sent: list[Submission], by: Actor) -> list[BatchItem]:
    batch = services.begin_batch(sent, by=by)
    while not services.accept_part(batch.pk):
        pass
    assert Batch.objects.get(pk=batch.pk).ended_at
    return list(batch.items.order_by("pk"))


def test_a_transaction_takes_no_further_one_when_its_time_is_over(
    essays: Essays, county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, town = send_some(essays, 4), county.actor("a", "clerk")
    moments = iter(range(100))
    monkeypatch.setattr(many, "monotonic", lambda: next(moments) * 2 * many.LONGEST_S)  # asking takes it all
    batch, parts = services.begin_batch(sent, by=town), 1
    while not services.accept_part(batch.pk):
        parts += 1
        assert batch.items.exclude(done_at=None).count() == parts - 1
    assert parts == len(sent)
    assert Submission.objects.filter(state=State.ACCEPTED).count() == len(sent)


def test_what_fails_leaves_the_others_and_names_why(essays: Essays, county: County) -> None:
    sent, town = send_some(essays, 3), county.actor("a", "clerk")
    services.withdraw(sent[1], by=county.actor("village", "clerk"), reason="写错了")
    items = accept_all(sent, town)
    assert [bool(one.why) for one in items] == [False, True, False]
    assert all(one.done_at for one in items)
    assert Submission.objects.filter(state=State.ACCEPTED).count() == 2
    assert Message.objects.filter(record=sent[2].pk).exists()


def test_a_room_that_objects_stops_its_own_paper_only(essays: Essays, county: County) -> None:
    sent, town = send_some(essays, 2), county.actor("a", "clerk")

    def object_to(paper: object, *_rest: object) -> None:
        if paper == sent[0].paper:
            raise WrongState("尚未签发")

    kinds.remove("essay")
    kinds.add(kinds.SubmissionKind("essay", settle=object_to))
    assert [one.why for one in accept_all(sent, town)] == ["尚未签发", ""]
    assert Submission.objects.get(pk=sent[0].pk).state == State.SUBMITTED


def test_each_further_one_costs_at_most_thirty_statements(
    essays: Essays, county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "LONGEST_S", 600)  # all in one transaction, however slow the machine
    town, cost = county.actor("a", "clerk"), []
    for count in (1, 6):
        sent = send_some(essays, count)
        with CaptureQueriesContext(connection) as queries:
            assert not any(one.why for one in accept_all(sent, town))
        cost.append(len(queries))
    assert (cost[1] - cost[0]) / 5 <= 30


def test_who_left_the_post_meanwhile_accepts_nothing_more(essays: Essays, county: County) -> None:
    sent, town = send_some(essays, 2), county.actor("a", "clerk")
    batch = services.begin_batch(sent, by=town)
    assert town.post_id
    Post.objects.filter(pk=town.post_id).update(until=timezone.localdate() - timedelta(days=1))
    assert services.accept_part(batch.pk)
    assert all(one.why for one in batch.items.all())
    assert not Submission.objects.filter(state=State.ACCEPTED).exists()


def test_none_and_too_many_are_refused(essays: Essays, county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    sent, town = send_some(essays, 2), county.actor("a", "clerk")
    monkeypatch.setattr(many, "MOST", 1)
    for found in ([], sent):
        with pytest.raises(Invalid):
            services.begin_batch(found, by=town)


def test_the_worker_goes_on_with_what_the_page_left_and_it_is_found_again(
    essays: Essays, county: County, sign_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = send_some(essays, 3)
    monkeypatch.setattr(boxes, "AT_ONCE_S", 0.0)
    monkeypatch.setattr(many, "AT_ONCE", 1)
    client = sign_in("a", "clerk")
    going = client.post(reverse("submissions:accept_many"), {"key": [one.pk for one in sent]})
    page = client.get(going["Location"]).content.decode()
    assert 'value="1" max="3"' in page
    found = client.get(reverse("submissions:batches")).content.decode()
    assert going["Location"] in found
    assert sign_in("a", "head").get(going["Location"]).status_code == 404  # another's
    Acceptor(threading.Event()).turn()
    page = client.get(going["Location"]).content.decode()
    assert "<progress" not in page
    receipts = Submission.objects.filter(state=State.ACCEPTED).values_list("receipt", flat=True)
    assert len(receipts) == 3
    assert all(one in page for one in receipts)
