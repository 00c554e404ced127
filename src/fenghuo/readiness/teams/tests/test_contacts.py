"""Whom to call for a team, in order; people of the registry or names with a telephone."""

import pytest

from fenghuo.kernel.access.errors import Invalid, NotAllowed
from fenghuo.kernel.journal.models import Entry
from fenghuo.readiness.teams import selectors
from fenghuo.readiness.teams.models import Contact
from fenghuo.readiness.teams.services import OnCall, set_contacts
from tests.county import County

from .conftest import MakeTeam


def test_the_leader_comes_first_and_a_persons_number_follows_the_registry(county: County, make_team: MakeTeam) -> None:
    by, made = county.actor("a", "clerk"), make_team()
    person = county.post("a", "head").person
    set_contacts(
        made,
        by=by,
        contacts=[OnCall(person=person, title="队长"), OnCall(name="李四", phone="０２９-8481 2345", title="副队长")],
    )
    first, second = selectors.contacts(by, made)
    assert (first.name, first.phone, first.title, first.person_id) == ("张三", "13800000000", "队长", person.pk)
    assert (second.name, second.phone, second.person_id) == ("李四", "029-8481 2345", None)
    person.mobile = "13900000000"
    person.save()
    assert selectors.contacts(by, made)[0].phone == "13900000000"


def test_the_list_is_replaced_as_a_whole(county: County, make_team: MakeTeam) -> None:
    by, made = county.actor("a", "clerk"), make_team()
    set_contacts(made, by=by, contacts=[OnCall(name="甲", phone="110"), OnCall(name="乙", phone="119")])
    set_contacts(made, by=by, contacts=[OnCall(name="乙", phone="119")])
    assert [(one.place, one.name) for one in selectors.contacts(by, made)] == [(0, "乙")]


def test_names_and_telephones_stay_private(county: County, make_team: MakeTeam) -> None:
    set_contacts(
        make_team(), by=county.actor("a", "clerk"), contacts=[OnCall(name="李四", phone="13811112222", title="队长")]
    )
    entry = Entry.objects.get(verb="team.contacts_set")
    assert "李四" not in entry.text
    assert "13811112222" not in entry.text
    assert "李四" in entry.private.value


@pytest.mark.parametrize(
    ("one", "field"),
    [
        (OnCall(name="李四", phone="call me"), "contacts.1.phone"),
        (OnCall(name="李四", phone=""), "contacts.1.phone"),
        (OnCall(name="李四", phone="12"), "contacts.1.phone"),
        (OnCall(name="李四", phone="1" * 40), "contacts.1.phone"),
        (OnCall(name=" ", phone="13811112222"), "contacts.1.name"),
        (OnCall(name="李" * 100_000, phone="13811112222"), "contacts.1.name"),
        (OnCall(name="李四", phone="13811112222", title="长" * 41), "contacts.1.title"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_stored(county: County, make_team: MakeTeam, one: OnCall, field: str) -> None:
    with pytest.raises(Invalid) as error:
        set_contacts(make_team(), by=county.actor("a", "clerk"), contacts=[OnCall(name="甲", phone="110"), one])
    assert [fault.field for fault in error.value.faults] == [field]
    assert not Contact.objects.exists()


def test_a_stranger_cannot_be_put_on_the_list_nor_anybody_twice(county: County, make_team: MakeTeam) -> None:
    by, made = county.actor("a", "clerk"), make_team()
    stranger, own = county.post("b").person, county.post("a").person
    with pytest.raises(Invalid) as error:
        set_contacts(made, by=by, contacts=[OnCall(person=stranger)])
    assert error.value.faults[0].field == "contacts.0.person"
    with pytest.raises(Invalid) as error:
        set_contacts(made, by=by, contacts=[OnCall(person=own), OnCall(person=own)])
    assert error.value.faults[0].field == "contacts.1.person"


def test_whom_somebody_else_put_there_may_stay(county: County, make_team: MakeTeam) -> None:
    made, stranger = make_team(), county.post("b").person
    set_contacts(made, by=county.actor("emo", "clerk"), contacts=[OnCall(person=stranger)])
    by = county.actor("a", "clerk")
    set_contacts(made, by=by, contacts=[OnCall(name="甲", phone="110"), OnCall(person=stranger)])
    assert len(selectors.contacts(by, made)) == 2


def test_observers_read_no_telephones(county: County, make_team: MakeTeam) -> None:
    with pytest.raises(NotAllowed):
        selectors.contacts(county.actor("emo", "observer"), make_team())


def test_contacts_of_teams_that_are_not_seen_are_left_out(county: County, make_team: MakeTeam) -> None:
    mine, theirs = make_team("a"), make_team("b")
    for team in (mine, theirs):
        set_contacts(team, by=county.actor("emo", "clerk"), contacts=[OnCall(name="甲", phone="110")])
    assert set(selectors.contacts_of(county.actor("a", "clerk"), [mine, theirs])) == {mine.pk}
