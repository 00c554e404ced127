"""People and the posts they hold. Names and telephones are personal: private values in the journal."""

from collections.abc import Iterator
from datetime import date
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Account, Person, Post, Record, Unit
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.journal.recording import record
from fenghuo.standards.telephones import read_telephone

from ..models import Merged, Name
from .keeping import hold_record, keeps, looked_at
from .names import keep_name
from .records import open_record

# Posts that whoever keeps a unit may give by themselves. The others give rights over other people's records.
PLAIN_ROLES = (Role.HEAD, Role.CLERK, Role.MEMBER, Role.OBSERVER)
MOST = {"name": 60, "mobile": 32, "phone": 32, "email": 254, "title": 60}


class PersonValues(TypedDict, total=False):
    """What change_person may be told; what is absent is left as it is. `unit`: to which the person belongs."""

    name: str
    mobile: str
    phone: str
    email: str
    unit: Unit


def may_keep_person(by: Actor, person: Person) -> bool:
    """For pages: whether to offer it. The services ask the same."""
    unit = person.record.unit
    return by.may("registry.manage") or (by.may("registry.keep") and unit is not None and keeps(by, unit))


@transaction.atomic
def add_person(
    *, by: Actor, name: str, unit: Unit, mobile: str = "", phone: str = "", email: str = "", demo: bool = False
) -> Person:
    """A person known to a unit, with or without an account. Raises: NotAllowed, NotFound, Invalid."""
    _require_unit(by, unit)
    said = _texts({"name": name, "mobile": mobile, "phone": phone, "email": email})
    opened = open_record("person", said["name"], unit=unit, region=unit.region, demo=demo or unit.record.demo)
    person = Person.objects.create(record=opened, **said)
    Record.objects.filter(pk=opened.pk).update(checked_at=timezone.now(), checked_by=by.label[:200])
    keep_name(opened, person.name)
    record("person.added", by, about=[person, unit], private=said)
    return person


@transaction.atomic
def change_person(person: Person, *, by: Actor, version: int | None = None, **said: Unpack[PersonValues]) -> Person:
    """Change what is given and leave the rest. Raises: NotFound, NotAllowed, Conflict, WrongState, Invalid."""
    _require_person(by, person)
    held = hold_record(person.pk, version=version)
    person = Person.objects.lock(person)
    unit = said.pop("unit", None)
    moved = unit is not None and unit.pk != held.unit_id
    if moved and unit is not None:
        _require_unit(by, unit)
    changed = {field: value for field, value in _texts(dict(said)).items() if value != getattr(person, field)}  # type: ignore[arg-type]
    if not changed and not moved:
        return person
    for field, value in changed.items():
        setattr(person, field, value)
    person.save(update_fields=list(changed))
    if "name" in changed:
        Record.objects.filter(pk=person.pk).update(title=person.name)
        Name.objects.filter(record_id=person.pk).delete()  # a person's old name is nobody's business
        keep_name(held, person.name)
    if moved and unit is not None:
        Record.objects.filter(pk=person.pk).update(unit=unit, region=unit.region, block=unit.region.path)
    looked_at(person.pk, by)
    about = [person, *([unit] if moved and unit is not None else [])]
    fields = sorted([*changed, *(["unit"] if moved else [])])
    record("person.changed", by, about=about, public={"fields": fields}, private=changed or None)
    return person


@transaction.atomic
def confirm_person(person: Person, *, by: Actor) -> Person:
    """Somebody has looked: what stands there is right as of now. Raises: NotFound, NotAllowed, WrongState."""
    _require_person(by, person)
    hold_record(person.pk)
    looked_at(person.pk, by)
    record("person.confirmed", by, about=[person])
    return person


@transaction.atomic
def archive_person(person: Person, *, by: Actor, reason: str) -> Person:
    """No longer here: out of lists, all posts end today; the history stays.

    Raises: NotFound, NotAllowed, WrongState, Invalid (no reason).
    """
    _require_person(by, person)
    hold_record(person.pk)
    if not reason.strip():
        raise Invalid(Fault("reason", _("say why, for example: moved to another county"), reason))
    today = timezone.localdate()
    for post in Post.objects.filter(person=person, since__lte=today).exclude(until__lte=today):
        _end(post, by, today)
    Record.objects.filter(pk=person.pk).update(archived_at=timezone.now())
    looked_at(person.pk, by)
    record("person.archived", by, about=[person], private={"reason": reason.strip()[:2000]})
    return person


@transaction.atomic
def restore_person(person: Person, *, by: Actor) -> Person:
    """Back into the register; posts are given anew. Raises: NotFound, NotAllowed, WrongState."""
    _require_person(by, person)
    if Merged.objects.filter(gone=person.pk, separated_at=None).exists():
        raise WrongState(_("It was merged into another row: separate the two instead."))
    hold_record(person.pk, archived=True)
    Record.objects.filter(pk=person.pk).update(archived_at=None)
    looked_at(person.pk, by)
    record("person.restored", by, about=[person])
    return person


@transaction.atomic
def appoint(
    person: Person, *, by: Actor, unit: Unit, role: str, since: date, title: str = "", until: date | None = None
) -> Post:
    """The person holds this role in the unit from `since` on. Raises: NotAllowed, NotFound, Invalid."""
    _require_unit(by, unit)
    if role not in Role.values:
        raise Invalid(Fault("role", _("Unknown role."), role))
    _require_giving(by, person, role)
    if until is not None and until < since:
        raise Invalid(Fault("until", _("A post cannot end before it begins."), until))
    title = _texts({"title": title})["title"]
    post = Post.objects.create(person=person, unit=unit, role=role, title=title, since=since, until=until)
    record("post.given", by, about=[person, unit], public={"role": role, "title": title, "since": since})
    return post


@transaction.atomic
def retitle_post(post: Post, *, by: Actor, title: str) -> Post:
    """The same post under its right name. Raises: NotFound, NotAllowed, Invalid."""
    _require_unit(by, post.unit)
    before, post.title = post.title, _texts({"title": title})["title"]
    if before != post.title:
        post.save(update_fields=["title"])
        looked_at(post.person_id, by)
        public = {"role": post.role, "title": post.title, "from": before}
        record("post.retitled", by, about=[post.person, post.unit], public=public)
    return post


@transaction.atomic
def end_post(post: Post, *, by: Actor, on: date) -> Post:
    """The last day of the post is `on`; from the next day it gives no rights. Raises: NotAllowed, WrongState."""
    _require_unit(by, post.unit)
    post = Post.objects.select_for_update(of=("self",)).select_related("person", "unit").get(pk=post.pk)
    if post.until is not None and post.until <= on:
        raise WrongState(_("This post has already ended."))
    return _end(post, by, on)


def _end(post: Post, by: Actor, on: date) -> Post:
    post.until = max(on, post.since)
    post.save(update_fields=["until"])
    record("post.ended", by, about=[post.person, post.unit], public={"role": post.role, "on": post.until})
    return post


def _require_unit(by: Actor, unit: Unit) -> None:
    """An administrator keeps the people of every unit he sees; others those of their own unit and of those below."""
    if by.may("registry.manage"):
        require(by, "registry.manage", unit)
        return
    require(by, "registry.keep", unit)
    if not keeps(by, unit):
        raise NotAllowed(_("Only the unit itself and the authorities above it keep its people."))


def _require_person(by: Actor, person: Person) -> None:
    if by.may("registry.manage"):
        require(by, "registry.manage", person)
        return
    require(by, "registry.keep", person)
    unit = person.record.unit
    if unit is None or not keeps(by, unit):
        raise NotAllowed(_("Only the unit itself and the authorities above it keep its people."))


def _require_giving(by: Actor, person: Person, role: str) -> None:
    """Who is no administrator gives nobody rights: only plain posts, and only to people who cannot sign in."""
    if by.may("registry.manage"):
        return
    require(by, "registry.keep", person)
    if role not in PLAIN_ROLES:
        raise NotAllowed(_("This role is given by an administrator."))
    if Account.objects.filter(person=person).exists():
        raise NotAllowed(_("This person may sign in, so that a post gives rights: an administrator gives it."))


def _texts(said: dict[str, str]) -> dict[str, str]:
    """Trimmed; telephones as they can be dialled. Raises: Invalid naming each field that is wrong."""
    faults = list(_faults(said))
    if faults:
        raise Invalid(*faults)
    return {
        name: (read_telephone(text) or "") if name in ("mobile", "phone") else text.strip()
        for name, text in said.items()
    }


def _faults(said: dict[str, str]) -> Iterator[Fault]:
    for name, text in said.items():
        if "\x00" in text:
            yield Fault(name, _("must not contain the character U+0000"), text[:50])
        elif len(text.strip()) > MOST[name]:
            yield Fault(name, _("must be at most %(most)s characters long") % {"most": MOST[name]}, f"{text[:50]}…")
        elif name == "name" and not text.strip():
            yield Fault("name", _("A person needs a name."), text)
        elif name in ("mobile", "phone") and text.strip() and read_telephone(text) is None:
            yield Fault(
                name, _("is no telephone number: digits, with spaces or hyphens, for example 029-84812345"), text[:50]
            )
        elif name == "email" and text.strip():
            yield from _email_fault(text.strip())


def _email_fault(text: str) -> Iterator[Fault]:
    try:
        validate_email(text)
    except ValidationError:
        yield Fault("email", _("is no e-mail address"), text[:50])
