"""Posts: who holds which role in which unit, and from when to when. Titles are public, whose they are is not."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.batches import carry_out, only
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed, Refused, WrongState
from fenghuo.kernel.access.guard import require, seen_of
from fenghuo.kernel.access.models import Account, Person, Post, Unit
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.access.rows import Rows, ask_keys, insert_made, update_rows
from fenghuo.kernel.journal.recording import Draft, record_many

from .keeping import looked_at_all, require_unit
from .texts import Text, read_texts

# Posts that whoever keeps a unit may give by themselves. The others give rights over other people's records.
PLAIN_ROLES = (Role.HEAD, Role.CLERK, Role.MEMBER, Role.OBSERVER)
ROLES = frozenset(Role.values)
TEXTS = {"title": Text(60)}


class NewPost(TypedDict):
    """What appoint is told, besides to whom."""

    unit: Unit
    role: str
    since: date
    title: NotRequired[str]
    until: NotRequired[date | None]


def appoint(person: Person, *, by: Actor, **said: Unpack[NewPost]) -> Post:
    """The person holds this role in the unit from `since` on. Raises: NotAllowed, NotFound, Invalid."""
    return only(appoint_all([(person, said)], by=by))


@transaction.atomic
def appoint_all(batch: Sequence[tuple[Person, NewPost]], *, by: Actor) -> list[Post | Refused]:
    """Each of them as appoint does, in the order given, in as many statements as for one."""
    seen = seen_of(by, (key for person, said in batch for key in (person.pk, said["unit"].pk)))
    accounts = _accounts(person for person, _said in batch) if not by.may("registry.manage") else ()

    def check(one: tuple[Person, NewPost]) -> tuple[Person, NewPost, str]:
        person, said = one
        require_unit(by, said["unit"], seen)
        if said["role"] not in ROLES:
            raise Invalid(Fault("role", _("Unknown role."), said["role"]))
        _require_giving(by, person, said["role"], seen, accounts)
        until = said.get("until")
        if until is not None and until < said["since"]:
            raise Invalid(Fault("until", _("A post cannot end before it begins."), until))
        return person, said, title_of(said.get("title", ""))

    def store(right: list[tuple[Person, NewPost, str]]) -> list[Post]:
        posts = [
            Post(
                pk=key,
                person=person,
                unit=said["unit"],
                role=str(said["role"]),
                title=title,
                since=said["since"],
                until=said.get("until"),
            )
            for key, (person, said, title) in zip(ask_keys(Post, len(right))(), right, strict=True)
        ]
        insert_made(posts)
        record_many(
            [
                Draft(
                    "post.given",
                    by,
                    [post.person_id, post.unit_id],
                    public={"role": post.role, "title": post.title, "since": post.since},
                )
                for post in posts
            ]
        )
        return posts

    return carry_out(batch, check, store)


def title_of(text: str) -> str:
    """As it is kept. Raises: Invalid."""
    return read_texts({"title": text}, TEXTS)["title"]


def retitle_post(post: Post, *, by: Actor, title: str) -> Post:
    """The same post under its right name. Raises: NotFound, NotAllowed, Invalid."""
    return only(retitle_posts([(post, title)], by=by))


@transaction.atomic
def retitle_posts(batch: Sequence[tuple[Post, str]], *, by: Actor) -> list[Post | Refused]:
    """Each of them as retitle_post does. Nobody's posts twice in a batch."""
    seen = seen_of(by, (post.unit_id for post, _title in batch))

    def check(one: tuple[Post, str]) -> tuple[Post, str, str]:
        post, title = one
        require_unit(by, post.unit, seen)
        return post, post.title, title_of(title)

    def store(right: list[tuple[Post, str, str]]) -> list[Post]:
        changed = [(post, before) for post, before, title in right if before != title]
        for post, _before, title in right:
            post.title = title
        update_rows(Rows(Post, ("id", "title"), [(post.pk, post.title) for post, _before in changed]))
        looked_at_all({post.person_id for post, _before in changed}, by)
        record_many(
            [
                Draft(
                    "post.retitled",
                    by,
                    [post.person_id, post.unit_id],
                    public={"role": post.role, "title": post.title, "from": before},
                )
                for post, before in changed
            ]
        )
        return [post for post, _before, _title in right]

    return carry_out(batch, check, store)


def end_post(post: Post, *, by: Actor, on: date) -> Post:
    """The last day of the post is `on`; from the next day it gives no rights. Raises: NotAllowed, WrongState."""
    return only(end_posts([(post, on)], by=by))


@transaction.atomic
def end_posts(batch: Sequence[tuple[Post, date]], *, by: Actor) -> list[Post | Refused]:
    """Each of them as end_post does."""
    seen = seen_of(by, (post.unit_id for post, _on in batch))
    locked = Post.objects.select_for_update(of=("self",)).select_related("person", "unit").order_by("pk")
    held = locked.in_bulk([post.pk for post, _on in batch])

    def check(one: tuple[Post, date]) -> tuple[Post, date]:
        given, on = one
        require_unit(by, given.unit, seen)
        post = held[given.pk]
        if post.until is not None and post.until <= on:
            raise WrongState(_("This post has already ended."))
        return post, on

    return carry_out(batch, check, lambda right: end_at_once(right, by))


def end_at_once(ending: Sequence[tuple[Post, date]], by: Actor) -> list[Post]:
    """For services that have asked already whether it may be."""
    for post, on in ending:
        post.until = max(on, post.since)
    posts = [post for post, _on in ending]
    update_rows(Rows(Post, ("id", "until"), [(post.pk, post.until) for post in posts]))
    record_many(
        [
            Draft("post.ended", by, [post.person_id, post.unit_id], public={"role": post.role, "on": post.until})
            for post in posts
        ]
    )
    return posts


def _accounts(people: Iterable[Person]) -> set[int]:
    """Which of them may sign in."""
    found = Account.objects.filter(person__in={person.pk for person in people})
    return set(found.values_list("person", flat=True))


def _require_giving(by: Actor, person: Person, role: str, seen: Collection[int], accounts: Collection[int]) -> None:
    """Who is no administrator gives nobody rights: only plain posts, and only to people who cannot sign in."""
    if by.may("registry.manage"):
        return
    require(by, "registry.keep", person, seen=seen)
    if role not in PLAIN_ROLES:
        raise NotAllowed(_("This role is given by an administrator."))
    if person.pk in accounts:
        raise NotAllowed(_("This person may sign in, so that a post gives rights: an administrator gives it."))
