"""A village without a computer says on paper what it has put right; the organiser enters it, and it is on record so."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fenghuo.kernel.access.errors import Invalid, NotAllowed, NotFound
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.submissions.services import Hand
from fenghuo.readiness.plans.checks.services import correct_finding
from fenghuo.readiness.plans.models import CheckItem, Finding
from tests.county import County

from .check_rounds import begun, checked, item_of


@pytest.fixture
def item(county: County) -> CheckItem:
    return checked(item_of(begun(county), county, "village"))


def test_the_organiser_enters_what_was_brought(item: CheckItem, county: County) -> None:
    found = correct_finding(
        Finding.objects.get(), by=county.actor("emo", "clerk"), text="已补演练记录", hand=Hand("李某")
    )
    assert (found.state, found.brought_by) == ("told", "李某")
    entry = Entry.objects.get(verb="plancheck.corrected")
    assert '"way":"hand"' in entry.text.replace(" ", "")
    assert "李某" not in entry.text  # personal


def test_who_brought_it_is_asked(item: CheckItem, county: County) -> None:
    with pytest.raises(Invalid) as refused:
        correct_finding(Finding.objects.get(), by=county.actor("emo", "clerk"), text="已补", hand=Hand(" "))
    assert [one.field for one in refused.value.faults] == ["brought_by"]


@pytest.mark.parametrize("unit", ["education", "a", "village"])
def test_nobody_else_enters_it(item: CheckItem, county: County, unit: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        correct_finding(Finding.objects.get(), by=county.actor(unit, "clerk"), text="已补", hand=Hand("李某"))


def test_the_page_asks_the_organiser_for_it_and_keeps_what_was_typed(
    item: CheckItem, county: County, sign_in: Callable[..., Client]
) -> None:
    page, found = reverse("plans:check_item", args=[item.record.number]), Finding.objects.get()
    clerk = sign_in("emo", "clerk")
    assert 'name="brought_by"' in clerk.get(page).content.decode()
    assert 'name="brought_by"' not in sign_in("village", "head").get(page).content.decode()
    act = reverse("plans:check_finding", args=[item.record.number, found.pk])
    refused = clerk.post(act, {"do": "correct", "text": "已补演练记录", "brought_by": ""})
    assert refused.status_code == 422
    assert "已补演练记录" in refused.content.decode()
    assert clerk.post(act, {"do": "correct", "text": "已补演练记录", "brought_by": "李某"}).status_code == 302
    assert "李某" in clerk.get(page).content.decode()
