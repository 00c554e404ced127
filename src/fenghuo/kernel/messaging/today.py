from collections.abc import Callable
from typing import Any

from django.db.models import Exists, F, QuerySet
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.today import Item, Rows, Told, add, count_of, rows

from .selectors import open_failures, stuck, to_approve, unread, unusable

_ABOUT = {"record": F("record_id"), "number": F("record__number"), "title": F("record__title")}
# Kinds of record whose own room puts them on Today: what was written about them is not listed once more.
_listed: set[str] = set()


_elsewhere: list[Callable[[], QuerySet[Any, Any]]] = []


def lists_itself(kind: str) -> None:
    _listed.add(kind)


def shown_elsewhere(messages: Callable[[], QuerySet[Any, Any]]) -> None:
    """Rows that exist (OuterRef) for a message whose matter stands on Today by itself: it is not listed once more."""
    _elsewhere.append(messages)


def _by_record(told: Told, title: str, state: str, button: str) -> Item:
    """How many messages about one record, leading to them in the outbox."""
    said = told.said
    return Item(
        title=title % {"n": said["n"], "title": said["title"]},
        note=said["number"],
        url=f"{reverse('messaging:outbox')}?state={state}&record={said['record']}",
        button=button,
        since=told.since,
    )


def _failed(told: Told) -> Item:
    n = told.said["n"]
    said = ngettext("%(n)s message did not arrive: %(title)s", "%(n)s messages did not arrive: %(title)s", n)
    return _by_record(told, said, "failed", _("Open"))


@add("messages_failed", _failed)
def failed(actor: Actor) -> Rows | None:
    """What did not arrive, by what it was about."""
    if not actor.may("messages.write"):
        return None
    return count_of(open_failures(actor), since="created_at", **_ABOUT)


def _to_approve(told: Told) -> Item:
    n = told.said["n"]
    said = ngettext("%(n)s message waits for approval: %(title)s", "%(n)s messages wait for approval: %(title)s", n)
    return _by_record(told, said, "held", _("Look"))


@add("messages_to_approve", _to_approve)
def approvals(actor: Actor) -> Rows | None:
    if not actor.may("messages.approve"):
        return None
    return count_of(to_approve(actor), since="created_at", **_ABOUT)


def _unusable(told: Told) -> Item:
    n = told.said["n"]
    said = ngettext("%(n)s reply or receipt could not be used", "%(n)s replies or receipts could not be used", n)
    return Item(
        title=said % {"n": n},
        note=_("Somebody may have answered in words of their own: read it and call back."),
        url=reverse("messaging:unusable"),
        button=_("Look"),
        since=told.since,
    )


@add("replies_unusable", _unusable)
def replies(actor: Actor) -> Rows | None:
    return count_of(unusable(actor), since="received_at") if actor.may("messages.settle") else None


def _unread(told: Told) -> Item:
    return Item(
        title=told.said["text"],
        note=told.said["sender"],
        url=reverse("messaging:message", args=[told.said["pk"]]),
        button=_("Read"),
        since=told.since,
    )


@add("messages_unread", _unread)
def written_to_me(actor: Actor) -> Rows | None:
    found = unread(actor).exclude(record__kind__in=sorted(_listed))
    for messages in _elsewhere:
        found = found.exclude(Exists(messages()))
    return rows(found, since="created_at", pk=F("pk"), sender=F("sender"), text=Left("text", 80))


def _stuck(told: Told) -> Item:
    n = told.said["n"]
    return Item(
        title=ngettext("%(n)s message waits for its channel", "%(n)s messages wait for their channel", n) % {"n": n},
        note=_("SMS or e-mail is not set up, or with a mistake: call these people, and tell your administrator."),
        url=f"{reverse('messaging:outbox')}?state=waiting",
        button=_("Open"),
        since=told.since,
    )


@add("messages_stuck", _stuck)
def waiting_for_a_channel(actor: Actor) -> Rows | None:
    return count_of(stuck(actor), since="created_at") if actor.may("messages.write") else None
