"""Orders go out: with a chain, messages, sight for the receiver and one entry in the journal."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Conflict, Invalid, NotAllowed
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.assignments.models import Assignment, StepKind
from fenghuo.kernel.assignments.receivers import addressees
from fenghuo.kernel.assignments.services import Order, issue, withdraw
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.selectors import entries_about
from fenghuo.kernel.messaging.models import Message
from tests.county import County
from tests.orders import TEXT, give, incident, staff


def test_the_first_in_line_is_asked_at_once_and_the_chain_is_frozen(county: County) -> None:
    desk = county.actor("emo")
    staff(
        county.units["a"],
        ("李主任", "13800000001", "head"),
        ("王值班", "13800000002", "duty_officer"),
        by=SYSTEM,
    )
    (order,) = give(county, desk, "a")
    steps = list(order.steps.all())
    assert [(step.kind, step.name) for step in steps] == [
        (StepKind.FIRST, "王值班"),
        (StepKind.REMINDER, "王值班"),
        (StepKind.NEXT, "李主任"),
        (StepKind.DESK, ""),
    ]
    assert [step.sent for step in steps] == [True, False, False, False]
    sms = Message.objects.get(record=order.pk, channel="sms")
    assert sms.address == "13800000002"
    assert TEXT in sms.text
    assert order.record.number[-4:] in sms.text
    assert sms.link in sms.text
    # Who comes to the unit afterwards changes nothing of an order that was given before.
    staff(county.units["a"], ("赵新", "13800000003", "duty_officer"), by=SYSTEM)
    assert order.steps.count() == 4


def test_the_receiver_sees_the_order_and_what_it_is_about_and_no_more(county: County) -> None:
    desk, town = county.actor("emo"), county.actor("b")
    it = incident(county, desk)
    other = incident(county, desk)
    seen = Record.objects.visible_to(town)
    assert not seen.filter(pk=it.pk).exists()
    (order,) = give(county, desk, "b", about=it)
    assert seen.filter(pk__in=(order.pk, it.pk)).count() == 2
    assert not seen.filter(pk=other.pk).exists()
    withdraw(order, by=desk, reason="已由消防处置")
    assert not seen.filter(pk=it.pk).exists()
    assert seen.filter(pk=order.pk).exists()


def test_one_entry_tells_of_all_orders_and_holds_no_words_of_them(county: County) -> None:
    desk = county.actor("emo")
    it = incident(county, desk)
    orders = give(county, desk, "a", "b", about=it)
    entry = Entry.objects.get(verb="assignment.issued")
    public = json.loads(entry.text)["public"]
    assert public["to"] == ["草堂街道办事处", "余下街道办事处"]
    assert TEXT not in entry.text
    for record in (it.pk, *(order.pk for order in orders)):
        assert any(line.verb == "assignment.issued" for line in entries_about(record, desk))


def test_a_person_who_is_ordered_is_named_in_no_title_and_no_public_part(county: County) -> None:
    desk = county.actor("emo")
    person = county.post("emo").person
    it = incident(county, desk)
    found = addressees(desk, [person.pk])
    (order,) = issue(it, [Order(found[person.pk], TEXT)], by=desk)
    assert person.name not in order.record.title
    assert person.name not in Entry.objects.get(verb="assignment.issued").text


def test_an_order_to_a_vacant_post_comes_back_at_once(county: County) -> None:
    desk = county.actor("emo")
    (order,) = give(county, desk, "village")
    order.refresh_from_db()
    assert order.escalated_at is not None
    assert Entry.objects.filter(verb="assignment.escalated").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [("  ", "text"), ("x" * 1501, "text")],
)
def test_an_order_that_says_nothing_or_too_much_is_refused(county: County, text: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        give(county, county.actor("emo"), "a", text=text)
    assert [fault.field for fault in refused.value.faults] == [said]
    assert not Assignment.objects.exists()
    assert not Message.objects.exists()


def test_the_same_order_twice_is_a_conflict_that_names_the_first(county: County) -> None:
    desk = county.actor("emo")
    it = incident(county, desk)
    (order,) = give(county, desk, "a", about=it)
    with pytest.raises(Conflict, match=order.record.number):
        give(county, desk, "a", about=it)
    give(county, desk, "a", about=it, text="再带两台水泵")


def test_who_may_not_see_the_unit_or_has_no_right_cannot_order(county: County) -> None:
    desk, town = county.actor("emo"), county.actor("a")
    it = incident(county, desk)
    assert addressees(town, [county.units["b"].pk]) == {}
    found = addressees(desk, [county.units["a"].pk])
    with pytest.raises(NotAllowed):
        issue(it, [Order(found[county.units["a"].pk], TEXT)], by=county.actor("emo", "observer"))


def test_a_hundred_orders_cost_hardly_more_statements_than_one(
    county: County, django_assert_max_num_queries: Any
) -> None:
    """The write lock is held for as long as these take."""
    desk = county.actor("emo")
    it = incident(county, desk)
    people = [county.post("emo").person for _one in range(100)]
    found = addressees(desk, [person.pk for person in people])
    with CaptureQueriesContext(connection) as for_one:
        issue(it, [Order(found[people[0].pk], TEXT)], by=desk)
    with django_assert_max_num_queries(len(for_one) + 12):
        issue(it, [Order(found[person.pk], "带救生衣") for person in people], by=desk)
    assert Message.objects.filter(channel="sms").count() == 101
