"""Who listens: the actor of a session's post, and whether it is still the same a few seconds later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Account, Line
from fenghuo.kernel.registry.selectors import posts_held

from ..sessions import actor_of

type Mark = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A session as it was found. `mark`: everything its actor follows from, to be compared and not to be read."""

    key: str
    account: int
    person: int
    actor: Actor
    mark: Mark


def session_key(cookies: str) -> str:
    """Of the Cookie header; empty without one."""
    try:
        found = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return found.value if found else ""


def standing_of(key: str) -> Standing | None:
    """None without a valid session, an account that may sign in, and a post that is held today."""
    if not key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    account = get_user(request)
    if not isinstance(account, Account) or not account.is_active:
        return None
    mark = _marks([(key, account.pk, account.person_id)]).get(key)
    actor = actor_of(request.session, account)
    return Standing(key, account.pk, account.person_id, actor, mark) if actor and mark else None


def look_again(before: Sequence[Standing]) -> dict[str, Standing | None]:
    """Each as it stands now, by session: 4 queries for those that are as they were, however many."""
    marks = _marks([(one.key, one.account, one.person) for one in before])
    return {one.key: one if marks.get(one.key) == one.mark else standing_of(one.key) for one in before}


def _marks(wanted: Sequence[tuple[str, int, int]]) -> Mapping[str, Mark]:
    """By session; those that have run out or were ended are missing."""
    keys = {key for key, _account, _person in wanted}
    sessions = dict(
        Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).values_list(
            "session_key", "session_data"
        )
    )
    ids = {account for _key, account, _person in wanted}
    accounts = {row[0]: row for row in Account.objects.filter(pk__in=ids).values_list("pk", "password", "is_active")}
    posts: dict[int, list[Mark]] = {}
    held = posts_held(timezone.localdate()).filter(person__in={person for _key, _account, person in wanted})
    for row in held.order_by("since", "pk").values_list("person", "pk", "unit", "unit__kind", "unit__region__path"):
        posts.setdefault(row[0], []).append(row)
    units = {row[2] for rows in posts.values() for row in rows}
    lines: dict[int, list[str]] = {}
    for unit, subject in Line.objects.filter(unit__in=units).order_by("subject").values_list("unit", "subject"):
        lines.setdefault(unit, []).append(subject)
    marks: dict[str, Mark] = {}
    for key, account, person in wanted:
        if key in sessions and account in accounts:
            held_here = tuple((row, tuple(lines.get(row[2], ()))) for row in posts.get(person, ()))
            marks[key] = (sessions[key], accounts[account], held_here)
    return marks
