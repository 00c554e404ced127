"""What the registers of people and posts do in one act: a person together with the post in the own unit."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid
from fenghuo.kernel.access.models import Person, Post, Unit
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.registry.selectors import posts_held
from fenghuo.kernel.registry.services import (
    add_person,
    appoint,
    change_person,
    end_post,
    retitle_post,
)
from fenghuo.kernel.registry.services.people import PersonValues


@transaction.atomic
def enter_person(*, by: Actor, name: str, unit: Unit, title: str = "", **said: Any) -> Person:
    """A person, with a plain post when a title is given. Raises: NotAllowed, NotFound, Invalid."""
    person = add_person(by=by, name=name, unit=unit, **said)
    if title:
        appoint(person, by=by, unit=unit, role=Role.MEMBER, since=timezone.localdate(), title=title)
    return person


@transaction.atomic
def change_person_and_post(
    person: Person, *, by: Actor, version: int | None = None, title: str | None = None, **said: Any
) -> Person:
    """Change what is given. `title`: of the post in the own unit, which is given, renamed or (empty) ended.

    Raises: NotFound, NotAllowed, Conflict, WrongState, Invalid.
    """
    values: PersonValues = said  # type: ignore[assignment]
    person = change_person(person, by=by, version=version, **values)
    if title is None:
        return person
    person = Person.objects.select_related("record__unit__region").get(pk=person.pk)
    unit = person.record.unit
    assert unit is not None  # every person belongs to one
    today = timezone.localdate()
    post = posts_held(today).filter(person=person, unit=unit).order_by("pk").first()
    if post is None and title:
        appoint(person, by=by, unit=unit, role=Role.MEMBER, since=today, title=title)
    elif post is not None and title != post.title:
        if not title and post.role == Role.MEMBER:
            end_post(post, by=by, on=today)
        else:
            retitle_post(post, by=by, title=title)
    return person


def enter_post(
    *, by: Actor, person: str, unit: Unit, role: str, since: date, title: str = "", until: date | None = None
) -> Post:
    """A post for somebody known by this name to the unit. Raises: NotAllowed, NotFound, Invalid."""
    named = list(Person.objects.visible_to(by).filter(name=person, record__archived_at=None)[:20])
    own = [one for one in named if one.record.unit_id == unit.pk] or named
    if len(own) != 1:
        words = (
            _("nobody of this name is known: enter the person first")
            if not own
            else _("several people bear this name: give the post on the person's own page")
        )
        raise Invalid(Fault("person", words, person[:50]))
    return appoint(own[0], by=by, unit=unit, role=role, since=since, title=title, until=until)


@transaction.atomic
def end_post_in_register(
    post: Post, *, by: Actor, version: int | None = None, title: str | None = None, until: date | None = None
) -> Post:
    """Another title, or its last day. Raises: NotAllowed, Conflict, WrongState, Invalid."""
    if version is not None and version != post.person.record.version:
        raise Conflict(_("Somebody changed this meanwhile. Look at it as it is now, then change it again."))
    if title is not None:
        post = retitle_post(post, by=by, title=title)
    if until is not None and until != post.until:
        if until < post.since:
            raise Invalid(Fault("until", _("A post cannot end before it begins."), until.isoformat()))
        post = end_post(post, by=by, on=until)
    return post
