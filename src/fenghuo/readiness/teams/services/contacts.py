"""set_contacts: whom to call for a team, and in which order."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.batches import carry_out, only
from fenghuo.kernel.access.errors import Fault, Invalid, Refused
from fenghuo.kernel.access.given import text_faults
from fenghuo.kernel.access.models import Person
from fenghuo.kernel.access.rows import insert_made
from fenghuo.kernel.journal.recording import Draft, record_many
from fenghuo.standards.telephones import read_telephone

from ..models import Contact, Team
from .keeping import Holding, touch_all

CONTACTS_MOST = 50
NAME_MOST, TITLE_MOST = 60, 40


@dataclass(frozen=True, slots=True)
class OnCall:
    """One to be called: a `person` of the registry, whose telephone stands there, or a `name` with a `phone`."""

    person: Person | None = None
    name: str = ""
    phone: str = ""
    title: str = ""


def set_contacts(team: Team, *, by: Actor, contacts: Sequence[OnCall], version: int | None = None) -> Team:
    """These and only these, in this order, the leader first. Names and telephones stay private in the journal.

    Raises: NotFound, NotAllowed, Conflict, WrongState, Invalid (each fault names its row: contacts.2.phone).
    """
    return only(set_contacts_all([Calling(team, contacts, version)], by=by))


class Calling(NamedTuple):
    """Whom to call for a team; `version`: the one that this was said of."""

    team: Team
    contacts: Sequence[OnCall]
    version: int | None = None


@transaction.atomic
def set_contacts_all(batch: Sequence[Calling], *, by: Actor) -> list[Team | Refused]:
    """Each of them as set_contacts does. No team twice in a batch."""
    holding = Holding((one.team for one in batch), by)
    kept: dict[int, set[int]] = {}
    there = Contact.objects.filter(team__in=[one.team.pk for one in batch], person__isnull=False)
    for team, person in there.values_list("team", "person"):
        kept.setdefault(team, set()).add(person)
    named = {(one.team.pk, call.person.pk) for one in batch for call in one.contacts if call.person}
    asked = {person for team, person in named if person not in kept.get(team, ())}
    seen = set(Person.objects.visible_to(by).filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()

    def check(one: Calling) -> tuple[Team, list[Contact]]:
        team = holding.begin(one.team, version=one.version)
        strangers = asked - seen - kept.get(team.pk, set())
        check_contacts(one.contacts, strangers)
        return team, [_row(team, place, call) for place, call in enumerate(one.contacts)]

    return carry_out(batch, check, lambda right: _store(right, by))


def check_contacts(contacts: Sequence[OnCall], strangers: Collection[int] = ()) -> None:
    """`strangers`: keys of people who may not be named. Raises: Invalid."""
    if len(contacts) > CONTACTS_MOST:
        raise Invalid(Fault("contacts", _("has more than %(most)s rows") % {"most": CONTACTS_MOST}, len(contacts)))
    faults = [fault for place, one in enumerate(contacts) for fault in _faults(f"contacts.{place}", one, strangers)]
    faults += _twice(contacts)
    if faults:
        raise Invalid(*faults)


def _store(right: Sequence[tuple[Team, list[Contact]]], by: Actor) -> list[Team]:
    teams = [team for team, _rows in right]
    Contact.objects.filter(team__in=[team.pk for team in teams]).delete()
    insert_made([row for _team, rows in right for row in rows])
    touch_all(teams, by)
    record_many([_draft(team, rows, by) for team, rows in right])
    return teams


def _draft(team: Team, rows: Sequence[Contact], by: Actor) -> Draft:
    private = [{"person": row.person_id, "name": row.name, "phone": row.phone, "title": row.title} for row in rows]
    return Draft("team.contacts_set", by, [team.pk], public={"count": len(rows)}, private={"contacts": private})


def _row(team: Team, place: int, one: OnCall) -> Contact:
    name, phone = ("", "") if one.person else (one.name.strip(), read_telephone(one.phone) or "")
    return Contact(team=team, place=place, person=one.person, name=name, phone=phone, title=one.title.strip())


def _faults(field: str, one: OnCall, strangers: Collection[int]) -> Iterator[Fault]:
    yield from text_faults(f"{field}.title", one.title, TITLE_MOST)
    if one.person is not None:
        if one.person.pk in strangers:
            yield Fault(f"{field}.person", _("There is no such person, or you may not see them."), one.person.pk)
        return
    yield from text_faults(f"{field}.name", one.name, NAME_MOST, needed=True)
    if read_telephone(one.phone) is None:
        yield Fault(
            f"{field}.phone",
            _("is no telephone number: digits, with spaces or hyphens, for example 029-84812345"),
            one.phone[:50],
        )


def _twice(contacts: Sequence[OnCall]) -> list[Fault]:
    seen: set[int] = set()
    found = []
    for place, one in enumerate(contacts):
        if one.person and one.person.pk in seen:
            found.append(Fault(f"contacts.{place}.person", _("stands on the list twice"), one.person.pk))
        elif one.person:
            seen.add(one.person.pk)
    return found
