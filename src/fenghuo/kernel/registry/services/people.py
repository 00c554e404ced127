"""People and the posts they hold. Names and telephones are personal: private values in the journal."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Person, Post, Record, Unit
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.journal.recording import record

from ..models import Name
from .names import keep_name
from .records import open_record


@transaction.atomic
def add_person(*, by: Actor, name: str, unit: Unit, mobile: str = "", email: str = "", demo: bool = False) -> Person:
    """A person known to a unit, with or without an account. Raises: NotAllowed, NotFound, Invalid."""
    require(by, "registry.manage", unit)
    if not name.strip():
        raise Invalid(Fault("name", _("A person needs a name."), name))
    opened = open_record("person", name, unit=unit, region=unit.region, demo=demo or unit.record.demo)
    person = Person.objects.create(record=opened, name=name, mobile=mobile, email=email)
    keep_name(opened, name)
    record("person.added", by, about=[person, unit], private={"name": name, "mobile": mobile, "email": email})
    return person


@transaction.atomic
def change_person(
    person: Person, *, by: Actor, name: str | None = None, mobile: str | None = None, email: str | None = None
) -> Person:
    """Change what is given and leave the rest."""
    require(by, "registry.manage", person)
    person = Person.objects.lock(person)
    changed = {
        field: value
        for field, value in {"name": name, "mobile": mobile, "email": email}.items()
        if value is not None and value != getattr(person, field)
    }
    if not changed:
        return person
    for field, value in changed.items():
        setattr(person, field, value)
    person.save(update_fields=list(changed))
    if "name" in changed:
        Record.objects.filter(pk=person.pk).update(title=person.name)
        Name.objects.filter(record_id=person.pk).delete()  # a person's old name is nobody's business
        keep_name(person.record, person.name)
    record("person.changed", by, about=[person], public={"fields": sorted(changed)}, private=changed)
    return person


@transaction.atomic
def appoint(
    person: Person, *, by: Actor, unit: Unit, role: str, since: date, title: str = "", until: date | None = None
) -> Post:
    """The person holds this role in the unit from `since` on. Raises: NotAllowed, NotFound, Invalid."""
    require(by, "registry.manage", unit)
    if role not in Role.values:
        raise Invalid(Fault("role", _("Unknown role."), role))
    if until is not None and until < since:
        raise Invalid(Fault("until", _("A post cannot end before it begins."), until))
    post = Post.objects.create(person=person, unit=unit, role=role, title=title, since=since, until=until)
    record("post.given", by, about=[person, unit], public={"role": role, "title": title, "since": since})
    return post


@transaction.atomic
def end_post(post: Post, *, by: Actor, on: date) -> Post:
    """The last day of the post is `on`; from the next day it gives no rights."""
    require(by, "registry.manage", post.unit)
    post = Post.objects.select_for_update(of=("self",)).select_related("person", "unit").get(pk=post.pk)
    if post.until is not None and post.until <= on:
        raise WrongState(_("This post has already ended."))
    post.until = max(on, post.since)
    post.save(update_fields=["until"])
    record("post.ended", by, about=[post.person, post.unit], public={"role": post.role, "on": post.until})
    return post
