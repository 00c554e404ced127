from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.today import Item, add

from .selectors import Waiting, waiting_for

MOST = 20  # of a kind; more than this is a list, not a task


@add
def messages_waiting(actor: Actor) -> list[Item]:
    """What did not arrive, waits for approval or for its channel, could not be used, or was written to me."""
    found: dict[str, list[Waiting]] = {}
    for one in waiting_for(actor):
        found.setdefault(one.what, []).append(one)
    stuck = found.pop("stuck", [])
    items = [_ITEMS[what](one) for what, some in found.items() for one in some[:MOST]]
    return items + ([_stuck(stuck)] if stuck else [])


def _failed(one: Waiting) -> Item:
    return Item(
        title=ngettext("%(n)s message did not arrive: %(title)s", "%(n)s messages did not arrive: %(title)s", one.count)
        % {"n": one.count, "title": one.title},
        note=one.number,
        url=f"{reverse('messaging:outbox')}?state=failed&record={one.about}",
        button=_("Open"),
        since=one.since,
    )


def _to_approve(one: Waiting) -> Item:
    return Item(
        title=ngettext(
            "%(n)s message waits for approval: %(title)s", "%(n)s messages wait for approval: %(title)s", one.count
        )
        % {"n": one.count, "title": one.title},
        note=one.number,
        url=f"{reverse('messaging:outbox')}?state=held&record={one.about}",
        button=_("Look"),
        since=one.since,
    )


def _unusable(one: Waiting) -> Item:
    return Item(
        title=ngettext(
            "%(n)s reply or receipt could not be used", "%(n)s replies or receipts could not be used", one.count
        )
        % {"n": one.count},
        note=_("Somebody may have answered in words of their own: read it and call back."),
        url=reverse("messaging:unusable"),
        button=_("Look"),
        since=one.since,
    )


def _unread(one: Waiting) -> Item:
    return Item(
        title=one.title,
        note=one.number,
        url=reverse("messaging:message", args=[one.about]),
        button=_("Read"),
        since=one.since,
    )


def _stuck(some: list[Waiting]) -> Item:
    count = sum(one.count for one in some)
    return Item(
        title=ngettext("%(n)s message waits for its channel", "%(n)s messages wait for their channel", count)
        % {"n": count},
        note=_("SMS or e-mail is not set up, or with a mistake: call these people, and tell your administrator."),
        url=f"{reverse('messaging:outbox')}?state=waiting",
        button=_("Open"),
        since=some[0].since,
    )


_ITEMS: dict[str, Callable[[Waiting], Item]] = {
    "failed": _failed,
    "approve": _to_approve,
    "unusable": _unusable,
    "unread": _unread,
}
