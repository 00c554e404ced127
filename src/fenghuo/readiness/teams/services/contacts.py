"""set_contacts: whom to call for a team, and in which order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.models import Person
from fenghuo.kernel.journal.recording import record
from fenghuo.standards.telephones import read_telephone

from ..models import Contact, Team
from .keeping import begin, touch
from .values import text_faults

CONTACTS_MOST = 50
NAME_MOST, TITLE_MOST = 60, 40


@dataclass(frozen=True, slots=True)
class OnCall:
    """One to be called: a `person` of the registry, whose telephone stands there, or a `name` with a `phone`."""

    person: Person | None = None
    name: str = ""
    phone: str = ""
    title: str = ""


@transaction.atomic
def set_contacts(team: Team, *, by: Actor, contacts: Sequence[OnCall], version: int | None = None) -> Team:
    """These and only these, in this order, the leader first. Names and telephones stay private in the journal.

    Raises: NotFound, NotAllowed, Conflict, WrongState, Invalid (each fault names its row: contacts.2.phone).
    """
    team = begin(team, by=by, version=version)
    if len(contacts) > CONTACTS_MOST:
        raise Invalid(Fault("contacts", _("has more than %(most)s rows") % {"most": CONTACTS_MOST}, len(contacts)))
    kept = set(team.contact_rows.values_list("person", flat=True))
    named = {one.person.pk for one in contacts if one.person} - kept
    strangers = named - set(Person.objects.visible_to(by).filter(pk__in=named).values_list("pk", flat=True))
    faults = [fault for place, one in enumerate(contacts) for fault in _faults(f"contacts.{place}", one, strangers)]
    faults += _twice(contacts)
    if faults:
        raise Invalid(*faults)
    rows = [_row(team, place, one) for place, one in enumerate(contacts)]
    team.contact_rows.all().delete()
    Contact.objects.bulk_create(rows)
    touch(team, by)
    private = [{"person": row.person_id, "name": row.name, "phone": row.phone, "title": row.title} for row in rows]
    record("team.contacts_set", by, about=[team], public={"count": len(rows)}, private={"contacts": private})
    return team


def _row(team: Team, place: int, one: OnCall) -> Contact:
    name, phone = ("", "") if one.person else (one.name.strip(), read_telephone(one.phone) or "")
    return Contact(team=team, place=place, person=one.person, name=name, phone=phone, title=one.title.strip())


def _faults(field: str, one: OnCall, strangers: set[int]) -> Iterator[Fault]:
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
