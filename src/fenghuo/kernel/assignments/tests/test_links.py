"""Links: previews change nothing; forwarded, altered, expired, closed and repeated ones do no harm."""

from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from django.test import Client
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.assignments.models import Answer, Assignment, Link, State, Way
from fenghuo.kernel.assignments.services import withdraw
from fenghuo.kernel.assignments.services.links import prove
from fenghuo.kernel.journal.models import Entry
from tests.county import County
from tests.orders import TEXT, give, last_link, staff

PHONE = "13800004321"


@pytest.fixture
def desk(county: County) -> Actor:
    staff(county.units["a"], ("王队长", PHONE, "duty_officer"), by=SYSTEM)
    return county.actor("emo")


@pytest.fixture
def order(county: County, desk: Actor) -> Assignment:
    return give(county, desk, "a")[0]


def answer(client: Client, secret: str, said: str, key: str = "k1", **more: str) -> int:
    fields = {"answer": said, "key": key, **more}
    return client.post(f"/o/{secret}", fields).status_code


def test_looking_changes_nothing_however_often(order: Assignment, client: Client) -> None:
    entries = Entry.objects.count()
    for _time in range(3):
        page = client.get(f"/o/{last_link(order)}")
        assert page.status_code == 200
        assert TEXT in page.content.decode()
    assert client.head(f"/o/{last_link(order)}").status_code == 200
    order.refresh_from_db()
    assert (order.state, Entry.objects.count()) == (State.SENT, entries)
    assert Link.objects.get().browser == ""


def test_one_tap_acknowledges(order: Assignment, client: Client) -> None:
    assert answer(client, last_link(order), "on_the_way", eta_minutes="20") == 302
    order.refresh_from_db()
    assert order.state == State.ACKNOWLEDGED
    said = Answer.objects.get()
    assert (said.way, said.eta_minutes, said.name) == (Way.LINK, 20, "王队长")
    assert "王队长" not in Entry.objects.get(verb="assignment.acknowledged").text


def test_the_same_answer_sent_again_counts_once(order: Assignment, client: Client) -> None:
    secret = last_link(order)
    assert answer(client, secret, "on_the_way") == 302
    assert answer(client, secret, "on_the_way") == 302
    assert Answer.objects.count() == 1


def test_a_telephone_that_never_heard_back_is_still_known(order: Assignment, client: Client) -> None:
    secret = last_link(order)
    client.get(f"/o/{secret}")
    before = SimpleCookie(client.cookies.output(header="", sep=";"))
    assert answer(client, secret, "on_the_way") == 302
    client.cookies = before  # the answer to the answer was lost on the way
    assert answer(client, secret, "on_the_way") == 302
    assert Answer.objects.count() == 1
    assert client.get(f"/o/{secret}").status_code == 200


def test_an_answer_kept_without_a_connection_keeps_its_time(order: Assignment, client: Client) -> None:
    Link.objects.update(made_at=timezone.now() - timedelta(hours=1))
    Assignment.objects.update(issued_at=timezone.now() - timedelta(hours=1))
    tapped = timezone.now() - timedelta(minutes=40)
    answer(client, last_link(order), "cannot", text="路断了", at=tapped.isoformat())
    assert Answer.objects.get().happened_at == tapped
    assert answer(client, last_link(order), "on_the_way", key="k2", at="2099-01-01T00:00:00+00:00") == 302
    assert Answer.objects.latest("pk").happened_at <= timezone.now()


@pytest.mark.parametrize("how", ["altered", "expired", "unknown", "empty"])
def test_what_is_not_valid_says_so_and_shows_nothing(order: Assignment, client: Client, how: str) -> None:
    secret = last_link(order)
    if how == "altered":
        secret = secret[:-1] + ("a" if secret[-1] != "a" else "b")
    if how == "expired":
        Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    if how == "unknown":
        secret = "x" * 16
    if how == "empty":
        secret = "%20"
    for response in (client.get(f"/o/{secret}"), client.post(f"/o/{secret}", {"answer": "on_the_way", "key": "k"})):
        assert response.status_code == 404
        assert TEXT not in response.content.decode()
    order.refresh_from_db()
    assert order.state == State.SENT


def test_a_withdrawn_order_says_so_and_takes_no_answer(order: Assignment, desk: Actor, client: Client) -> None:
    secret = last_link(order)
    withdraw(order, by=desk, reason="误")
    page = client.get(f"/o/{secret}")
    assert page.status_code == 410
    assert TEXT not in page.content.decode()
    assert answer(client, secret, "on_the_way") == 410
    assert not Answer.objects.exists()


def test_a_forwarded_link_asks_for_the_telephone_it_was_sent_to(order: Assignment, client: Client) -> None:
    secret = last_link(order)
    answer(client, secret, "on_the_way")
    other = Client()
    page = other.get(f"/o/{secret}")
    assert TEXT not in page.content.decode()
    assert answer(other, secret, "cannot", key="k9") == 403
    assert Answer.objects.count() == 1
    assert other.post(f"/o/{secret}", {"digits": "0000"}).status_code == 403
    assert other.post(f"/o/{secret}", {"digits": PHONE[-4:]}).status_code == 302
    assert TEXT in other.get(f"/o/{secret}").content.decode()


def test_guessing_the_digits_shuts_out_who_guesses_and_nobody_else(order: Assignment, client: Client) -> None:
    secret = last_link(order)
    answer(client, secret, "on_the_way")
    other = Client()
    for _time in range(5):
        other.post(f"/o/{secret}", {"digits": "0000"})
    assert other.post(f"/o/{secret}", {"digits": PHONE[-4:]}).status_code == 404
    assert client.get(f"/o/{secret}").status_code == 200


@pytest.mark.parametrize("said", ["", "delete", "x" * 30])
def test_answers_that_are_none_are_said_so(order: Assignment, client: Client, said: str) -> None:
    assert answer(client, last_link(order), said) == 422
    order.refresh_from_db()
    assert order.state == State.SENT


def test_a_link_opens_one_order_and_nothing_else(order: Assignment, client: Client) -> None:
    client.get(f"/o/{last_link(order)}")
    answer(client, last_link(order), "on_the_way")
    for path in ("/", "/orders/", f"/orders/{order.record.number}/", "/incidents/"):
        assert client.get(path).status_code == 302


@pytest.mark.parametrize("digits", ["４３２１", " 4321 "])
def test_the_digits_may_be_written_as_telephones_write_them(order: Assignment, client: Client, digits: str) -> None:
    secret = last_link(order)
    answer(client, secret, "on_the_way")
    assert Client().post(f"/o/{secret}", {"digits": digits}).status_code == 302


@pytest.mark.parametrize("digits", ["四三二一", "", "é", "0" * 300, "4321\x00"])
def test_digits_that_are_none_are_a_wrong_try(order: Assignment, client: Client, digits: str) -> None:
    secret = last_link(order)
    answer(client, secret, "on_the_way")
    assert Client().post(f"/o/{secret}", {"digits": digits}).status_code == 403
    assert Link.objects.get().wrong_tries == 1


def test_tries_at_the_same_moment_are_no_more_than_five(order: Assignment, client: Client) -> None:
    """Each has read the link before any other has counted."""
    answer(client, last_link(order), "on_the_way")
    read = [Link.objects.get() for _time in range(6)]
    assert [prove(one, "0000") for one in read[:5]] == [False] * 5
    assert not prove(read[5], PHONE[-4:])
