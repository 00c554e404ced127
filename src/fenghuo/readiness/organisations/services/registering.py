"""What the registers of people and posts do in one act: a person together with the post in the own unit.

Each verb takes many rows, each as `create` or `change` of the register gives it; one is a batch of one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.batches import carry_out, only, together
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid, Refused
from fenghuo.kernel.access.models import Person, Post
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.registry.selectors import posts_held
from fenghuo.kernel.registry.services import add_people, appoint_all, change_people, end_posts, retitle_posts
from fenghuo.kernel.registry.services.keeping import Change
from fenghuo.kernel.registry.services.people import NewPerson
from fenghuo.kernel.registry.services.posts import NewPost, title_of

type Given = Mapping[str, Any]  # column → value


def enter_person(*, by: Actor, **said: Any) -> Person:
    """A person, with a plain post when a title is given. Raises: NotAllowed, NotFound, Invalid."""
    return only(enter_people([said], by=by))


@transaction.atomic
def enter_people(batch: Sequence[Given], *, by: Actor) -> list[Person | Refused]:
    return together(batch, lambda some: carry_out(some, _titled, lambda right: _enter(right, by)))


def change_person_and_post(person: Person, *, by: Actor, version: int | None = None, **said: Any) -> Person:
    """Change what is given. `title`: of the post in the own unit, which is given, renamed or (empty) ended.

    Raises: NotFound, NotAllowed, Conflict, WrongState, Invalid.
    """
    return only(change_people_and_posts([Change(person, version, said)], by=by))


@transaction.atomic
def change_people_and_posts(batch: Sequence[Change[Person]], *, by: Actor) -> list[Person | Refused]:
    """Nobody twice in a batch."""

    def change(some: Sequence[Change[Person]]) -> list[Person | Refused]:
        return carry_out(some, lambda one: (one, *_titled(one.said)), lambda right: _change(right, by))

    return together(batch, change)


def enter_post(*, by: Actor, person: str, **said: Any) -> Post:
    """A post for somebody known by this name to the unit. Raises: NotAllowed, NotFound, Invalid."""
    return only(enter_posts([{"person": person, **said}], by=by))


@transaction.atomic
def enter_posts(batch: Sequence[Given], *, by: Actor) -> list[Post | Refused]:
    """Each of them as enter_post does."""
    known: dict[str, list[Person]] = {}
    names = {str(one["person"]) for one in batch}
    visible = Person.objects.visible_to(by).filter(name__in=names, record__archived_at=None)
    for person in visible.select_related("record").order_by("pk"):
        known.setdefault(person.name, []).append(person)

    def check(said: Given) -> tuple[Person, NewPost]:
        person = _so_named(said["person"], known.get(said["person"], []), said["unit"].pk)
        values: NewPost = {name: value for name, value in said.items() if name != "person"}  # type: ignore[assignment]
        return person, values

    return carry_out(batch, check, lambda right: appoint_all(right, by=by))


def end_post_in_register(post: Post, *, by: Actor, version: int | None = None, **said: Any) -> Post:
    """Another title, or its last day. Raises: NotAllowed, Conflict, WrongState, Invalid."""
    return only(change_posts([Change(post, version, said)], by=by))


@transaction.atomic
def change_posts(batch: Sequence[Change[Post]], *, by: Actor) -> list[Post | Refused]:
    """Each of them as end_post_in_register does; nobody's posts twice in a batch."""

    def check(one: Change[Post]) -> Change[Post]:
        if one.version is not None and one.version != one.row.person.record.version:
            raise Conflict(_("Somebody changed this meanwhile. Look at it as it is now, then change it again."))
        until = one.said.get("until")
        if isinstance(until, date) and until != one.row.until and until < one.row.since:
            raise Invalid(Fault("until", _("A post cannot end before it begins."), until.isoformat()))
        return one

    return together(batch, lambda some: carry_out(some, check, lambda right: _change_posts(right, by)))


def _titled(said: Given) -> tuple[NewPerson, str | None]:
    """What is said of the person, and the title as it is kept. Raises: Invalid."""
    values: NewPerson = {name: value for name, value in said.items() if name != "title"}  # type: ignore[assignment]
    title = said.get("title")
    return values, None if title is None else title_of(title)


def _enter(right: Sequence[tuple[NewPerson, str | None]], by: Actor) -> list[Person | Refused]:
    made = add_people([values for values, _title in right], by=by)
    titles = zip(made, right, strict=True)
    _appoint([(person, title) for person, (_values, title) in titles if isinstance(person, Person) and title], by)
    return made


def _appoint(titled: Sequence[tuple[Person, str]], by: Actor) -> None:
    """Plain posts in their own units, from today on. Raises: Refused."""
    today = timezone.localdate()
    batch = []
    for person, title in titled:
        unit = person.record.unit
        assert unit is not None  # every person belongs to one
        batch.append((person, NewPost(unit=unit, role=Role.MEMBER, since=today, title=title)))
    _all_done(appoint_all(batch, by=by))


def _change(right: Sequence[tuple[Change[Person], NewPerson, str | None]], by: Actor) -> list[Person | Refused]:
    changed = change_people([Change(one.row, one.version, values) for one, values, _title in right], by=by)
    titles = {
        person.pk: (person, title)
        for person, (_one, _values, title) in zip(changed, right, strict=True)
        if isinstance(person, Person) and title is not None
    }
    if titles:
        _put_titles(titles, by)
    return changed


def _put_titles(titles: Mapping[int, tuple[Person, str]], by: Actor) -> None:
    """Raises: Refused."""
    today = timezone.localdate()
    own: dict[int, Post] = {}
    for post in posts_held(today).filter(person__in=titles).order_by("pk"):
        if post.unit_id == titles[post.person_id][0].record.unit_id:
            own.setdefault(post.person_id, post)
    _appoint([(person, title) for key, (person, title) in titles.items() if title and key not in own], by)
    others = [(post, titles[key][1]) for key, post in own.items() if titles[key][1] != post.title]
    ending = [(post, today) for post, title in others if not title and post.role == Role.MEMBER]
    _all_done(end_posts(ending, by=by))
    _all_done(retitle_posts([(post, title) for post, title in others if title or post.role != Role.MEMBER], by=by))


def _so_named(name: str, named: list[Person], unit: int) -> Person:
    """Raises: Invalid."""
    own = [one for one in named if one.record.unit_id == unit] or named
    if len(own) != 1:
        words = (
            _("nobody of this name is known: enter the person first")
            if not own
            else _("several people bear this name: give the post on the person's own page")
        )
        raise Invalid(Fault("person", words, name[:50]))
    return own[0]


def _change_posts(right: Sequence[Change[Post]], by: Actor) -> list[Post | Refused]:
    titled = [(one.row, str(one.said["title"])) for one in right if one.said.get("title") is not None]
    changed = {post.pk: post for post in _all_done(retitle_posts(titled, by=by))}
    ending = [
        (one.row, until) for one in right if isinstance(until := one.said.get("until"), date) and until != one.row.until
    ]
    changed |= {post.pk: post for post in _all_done(end_posts(ending, by=by))}
    return [changed.get(one.row.pk, one.row) for one in right]


def _all_done[T](answers: Iterable[T | Refused]) -> list[T]:
    return [only([one]) for one in answers]
