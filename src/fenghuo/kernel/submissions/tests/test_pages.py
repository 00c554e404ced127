"""The pages: boxes, one paper with the verbs of whoever looks, sending, entering by hand, accepting many at once."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fenghuo.kernel.access.models import Record, Share
from fenghuo.kernel.submissions import services
from fenghuo.kernel.submissions.models import Batch, Round, Submission
from tests.county import County
from tests.essays import Essays

type SignIn = Callable[..., Client]


def page_of(one: Submission) -> str:
    return reverse("submissions:submission", args=[one.record.number])


def test_sender_and_receiver_find_it_in_their_boxes_and_on_today(essays: Essays, sign_in: SignIn) -> None:
    sent = essays.send()
    town, village, stranger = sign_in("a", "clerk"), sign_in("village", "clerk"), sign_in("b", "clerk")
    for client, box, there in ((town, "in", True), (village, "out", True), (stranger, "in", False)):
        said = client.get(reverse("submissions:box", args=[box])).content.decode()
        assert (sent.record.number in said) is there
    assert sent.record.number in town.get("/").content.decode()
    assert stranger.get(page_of(sent)).status_code == 404


def test_the_superior_sees_it_among_all_and_has_no_verb(essays: Essays, sign_in: SignIn) -> None:
    sent = essays.send()
    office = sign_in("emo", "clerk")
    assert sent.record.number in office.get(reverse("submissions:box", args=["all"])).content.decode()
    assert f"{page_of(sent)}accept/" not in office.get(page_of(sent)).content.decode()


def test_returned_answered_and_sent_again(essays: Essays, sign_in: SignIn) -> None:
    sent = essays.send()
    town, village = sign_in("a", "clerk"), sign_in("village", "clerk")
    said = {"reason": "材料不全", "remark_issued_text": "缺第三页"}
    assert town.post(f"{page_of(sent)}return_/", said).status_code == 302
    page = village.get(page_of(sent)).content.decode()
    assert "缺第三页" in page
    refused = village.post(f"{page_of(sent)}resubmit/", {"item_issued_text": "paper", "note": "补了"})
    assert refused.status_code == 422
    assert "补了" in refused.content.decode()  # what was typed is kept
    remark = f"answer_{sent.rounds.get().remarks.get().pk}"
    assert f'id="id_{remark}_error"' in refused.content.decode()  # and what has no answer is named
    long = village.post(f"{page_of(sent)}answers/", {remark: "已补" * 1001})
    assert long.status_code == 422
    assert "已补" * 1001 in long.content.decode()
    assert village.post(f"{page_of(sent)}answers/", {remark: "已补"}).status_code == 302
    assert "已补" in village.get(page_of(sent)).content.decode()
    assert village.post(f"{page_of(sent)}resubmit/", {"item_issued_text": "paper"}).status_code == 302
    assert town.post(f"{page_of(sent)}accept/", {}).status_code == 302
    sent.refresh_from_db()
    assert sent.receipt in village.get(page_of(sent)).content.decode()


def test_sending_shows_to_whom_it_goes_and_what_is_lacking(essays: Essays, sign_in: SignIn) -> None:
    essays.enterprise()
    paper = essays.write("enterprise")
    clerk = sign_in("enterprise", "clerk")
    address = f"{reverse('submissions:new', args=[paper.pk])}?kinds=essay&kinds=essay_line"
    page = clerk.get(address).content.decode()
    assert "草堂街道办事处" in page
    assert "鄠邑区应急管理局" in page  # who can enter the supervising department
    assert clerk.post(address, {"note": ""}).status_code == 422
    assert clerk.post(address, {"item_issued_text": "paper"}).status_code == 422  # a gap, and nobody said partly
    assert clerk.post(address, {"item_issued_text": "paper", "partly": "on"}).status_code == 302
    assert sorted(Submission.objects.values_list("state", flat=True)) == ["gap", "submitted"]


def test_the_town_enters_what_was_brought_by_hand(essays: Essays, sign_in: SignIn) -> None:
    paper = essays.write()
    town = sign_in("a", "clerk")
    found = town.get(reverse("submissions:by_hand"), {"q": "草堂营"}).content.decode()
    address = f"{reverse('submissions:new', args=[paper.pk])}?kinds=essay&hand=1"
    assert address.replace("&", "&amp;") in found
    at = timezone.localtime().replace(microsecond=0, tzinfo=None).isoformat()
    said = {"item_issued_text": "paper", "brought_by": "李某", "happened_at": at}
    assert town.post(address, said).status_code == 302
    assert Round.objects.get().brought_by == "李某"


def test_many_are_accepted_at_once_and_what_cannot_be_is_listed(
    essays: Essays, county: County, sign_in: SignIn
) -> None:
    rows = [essays.send(paper=essays.write(title=f"文章{n}")) for n in range(12)]
    stepped = essays.send(None, "essay_steps", enclosed=())
    county.actor("a", "duty_leader")
    town = sign_in("a", "head")
    page = town.post(reverse("submissions:accept_many"), {"key": [one.pk for one in (*rows, stepped)]})
    services.accept_for(Batch.objects.get(), 60)
    page = town.get(page["Location"])
    said = page.content.decode()
    assert Submission.objects.filter(state="accepted").count() == 12
    assert stepped.record.number in said
    receipts = Submission.objects.filter(state="accepted").values_list("receipt", flat=True)
    assert len(set(receipts)) == 12


@pytest.fixture
def many(essays: Essays, county: County) -> int:
    """Three hundred that wait, put there in bulk."""
    paper, unit = essays.write(), county.units["village"]
    records = Record.objects.bulk_create(
        Record(kind="submission", number=f"X{n}", title="论防火", unit=county.units["a"], block=paper.block)
        for n in range(300)
    )
    Submission.objects.bulk_create(
        Submission(
            record=record,
            kind=f"essay{n}",
            paper=paper,
            act=uuid4().hex,
            sender=unit,
            receiver=county.units["a"],
            sent_at=timezone.now(),
        )
        for n, record in enumerate(records)
    )
    Share.objects.bulk_create(Share(record=record, unit=unit, why="filed") for record in records)
    return len(records)


@pytest.mark.parametrize("box", ["in", "out", "all"])
def test_a_box_costs_at_most_ten_queries_however_full(many: int, sign_in: SignIn, box: str) -> None:
    unit = "village" if box == "out" else "a"
    client, address = sign_in(unit, "clerk"), reverse("submissions:box", args=[box])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get(address, {"state": "waiting"})
    assert page.status_code == 200
    assert len(queries) <= 10, [one["sql"][:80] for one in queries]


def test_a_name_of_120_characters_and_a_strange_box(essays: Essays, county: County, sign_in: SignIn) -> None:
    long = "草" * 120
    unit = essays.enterprise()
    type(unit).objects.filter(pk=unit.pk).update(name=long)
    sent = essays.send(None, "essay", unit="enterprise")
    done = services.accept(sent, by=county.actor("a", "clerk"))
    town = sign_in("a", "clerk")
    for address in (page_of(done), f"{page_of(done)}receipt/", reverse("submissions:box", args=["in"]) + "?state="):
        assert long in town.get(address).content.decode()
    assert town.get("/submissions/nonsense/").status_code == 404
