"""Telling a desk of its clocks: one message for each person, however many clocks it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.messaging.models import ChannelName
from fenghuo.kernel.messaging.receivers import Receiver
from fenghuo.kernel.messaging.services import Notice, notify_each
from fenghuo.kernel.web.addresses import address_of
from fenghuo.kernel.web.templatetags.fenghuo import span
from fenghuo.standards.notice_steps import Step

from .desks import people_of
from .models import Clock, Telling
from .selectors import duty_said

# E-mail is read too late for these; who has neither account nor mobile telephone gets a row that says so.
CHANNELS = (ChannelName.IN_APP, ChannelName.SMS)


@dataclass(frozen=True, slots=True)
class Due:
    """A clock that was looked at, with its record; `tell` is None when nobody is to be told."""

    clock: Clock
    tell: Step | None
    newly_late: bool = False


def tell(unit: Unit | None, found: Sequence[Due], now: datetime) -> None:
    """Messages for those whom the steps name, all of one desk. In the caller's transaction."""
    told = [(one.clock, one.tell) for one in found if one.tell is not None]
    if not told:
        return
    mine: dict[Receiver, list[tuple[Clock, Step]]] = {}
    receivers = _receivers(unit, {role for _clock, step in told for role in step.to}, now)
    for clock, step in told:
        for receiver in dict.fromkeys(one for role in step.to for one in receivers[role]):
            mine.setdefault(receiver, []).append((clock, step))
    notices = [_notice(receiver, clocks, now) for receiver, clocks in mine.items()]
    made = notify_each(notices, by=SYSTEM, channels=CHANNELS)
    by_receiver: dict[tuple[int | None, int | None], list[tuple[Clock, Step]]] = {
        (receiver.person_id, receiver.unit_id): clocks for receiver, clocks in mine.items()
    }
    Telling.objects.bulk_create(
        Telling(clock=clock, message=message, kind=step.kind, late=step.kind != "before")
        for message in made
        for clock, step in by_receiver[message.person_id, message.unit_id]
    )


def _receivers(unit: Unit | None, roles: set[str], now: datetime) -> dict[str, list[Receiver]]:
    if unit is None:
        return {role: [Receiver(_("nobody: the record belongs to no unit"))] for role in roles}
    return people_of(unit, roles, timezone.localdate(now))


def _notice(receiver: Receiver, clocks: Sequence[tuple[Clock, Step]], now: datetime) -> Notice:
    """About the one that is due first; its record's flags are those of all (see ticking)."""
    ordered = sorted(clocks, key=lambda one: (one[0].due_at, one[0].pk))
    first = ordered[0][0]
    with translation.override(settings.LANGUAGE_CODE):
        if len(ordered) == 1:
            page = address_of(first.record) or reverse("clocks:clock", args=[first.pk])
            return Notice(receiver, _one(*ordered[0], now), first.record_id, link=settings.BASE_URL + page)
        link = f"{settings.BASE_URL}{reverse('clocks:clocks')}?mine=1"
        return Notice(receiver, _many([clock for clock, _step in ordered], now), first.record_id, link=link)


def _one(clock: Clock, step: Step, now: datetime) -> str:
    what, receiver = duty_said(clock.rule)
    said = {
        "what": f"{what}→{receiver}" if receiver else what,
        "record": str(clock.record),
        "at": f"{timezone.localtime(clock.due_at):%m-%d %H:%M}",
        "span": span(abs((clock.due_at - now).total_seconds())),
    }
    if clock.due_at > now:
        return _("Due in %(span)s, at %(at)s: %(what)s. %(record)s {link}") % said
    if step.kind == "after":
        return _("Still not done, %(span)s late (was due at %(at)s): %(what)s. %(record)s {link}") % said
    return _("Late, was due at %(at)s: %(what)s. %(record)s Do it now and give the reason. {link}") % said


def _many(clocks: Sequence[Clock], now: datetime) -> str:
    late = sum(clock.due_at <= now for clock in clocks)
    what, _receiver = duty_said(clocks[0].rule)
    said = {
        "n": len(clocks),
        "late": late,
        "what": what,
        "record": str(clocks[0].record),
        "at": f"{timezone.localtime(clocks[0].due_at):%m-%d %H:%M}",
    }
    if late:
        return (
            ngettext(
                "%(n)s deadline, %(late)s of them late. First: %(what)s, %(at)s, %(record)s {link}",
                "%(n)s deadlines, %(late)s of them late. First: %(what)s, %(at)s, %(record)s {link}",
                len(clocks),
            )
            % said
        )
    return (
        ngettext(
            "%(n)s deadline ends soon. First: %(what)s, %(at)s, %(record)s {link}",
            "%(n)s deadlines end soon. First: %(what)s, %(at)s, %(record)s {link}",
            len(clocks),
        )
        % said
    )
