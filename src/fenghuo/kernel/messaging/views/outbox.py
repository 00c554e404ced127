"""The outbox: what was written to whom, how it stands, and what can be done about it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.access.guard import sees
from fenghuo.kernel.web.acting import acting

from .. import selectors, services
from ..gate import Why
from ..models import ChannelName, Message, MessageState
from ..words import why_said

PAGE = 50


@require_GET
@acting
def outbox(request: HttpRequest, actor: Actor) -> HttpResponse:
    asked = {name: request.GET.get(name, "")[:100] for name in ("state", "channel", "record", "q")}
    record = int(asked["record"][:18]) if asked["record"].isascii() and asked["record"].isdigit() else 0
    found = selectors.outbox(actor, state=asked["state"], channel=asked["channel"], text=asked["q"], record=record)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [
            (it, why_said(it.why), selectors.text_for(it, actor), _openable(selectors.link_for(it, actor)))
            for it in page
        ],
        "asked": asked,
        "states": [
            ("", _("All")),
            ("waiting", _("waiting to be sent")),
            ("held", _("held")),
            ("failed", _("did not arrive")),
            ("sent", _("sent")),
            ("cancelled", _("cancelled")),
        ],
        "channels": ChannelName.choices,
        "open_numbers": actor.may("messages.write"),
        "unusable": selectors.unusable(actor).count() if actor.may("messages.settle") else 0,
    }
    template = "messaging/outbox.html#rows" if request.headers.get("HX-Request") else "messaging/outbox.html"
    return render(request, template, context)


@require_GET
@acting
def message(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    found = selectors.message(actor, pk)
    seen = sees(actor, found.record)
    may_write = seen and actor.may("messages.write")
    failed = found.state in (MessageState.FAILED, MessageState.UNREACHABLE)
    context = {
        "it": found,
        "why": why_said(found.why),
        "seen": seen,
        "text": selectors.text_for(found, actor),
        "link": _openable(selectors.link_for(found, actor)),
        "open_numbers": may_write,
        "attempts": found.attempts.order_by("-pk"),
        "incoming": found.incoming.order_by("-pk"),
        "may_send_again": may_write and services.may_be_sent_again(found),
        "may_settle": may_write and failed and found.settled_at is None,
        "may_approve": found.why == Why.NOT_APPROVED and seen and actor.may("messages.approve"),
        "may_read": (
            found.channel == ChannelName.IN_APP
            and found.state == MessageState.SENT
            and actor.person_id is not None
            and found.person_id == actor.person_id
        ),
    }
    return render(request, "messaging/message.html", context)


@require_POST
@acting
def again(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    found = selectors.message(actor, pk)
    return _done(request, pk, lambda: services.send_again(found, by=actor), _("It is sent again."))


@require_POST
@acting
def settle(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    found, note = selectors.message(actor, pk), request.POST.get("note", "")
    return _done(request, pk, lambda: services.settle_failure(found, by=actor, note=note), _("It was dealt with."))


@require_POST
@acting
def approve(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """All that wait for approval about the same record."""
    found = selectors.message(actor, pk)
    try:
        count = services.approve_messages(found.record_id, by=actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext("%(count)s message was approved", "%(count)s messages were approved", count)
        messages.success(request, said % {"count": count})
    return redirect("messaging:message", pk)


@require_POST
@acting
def read(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    found = selectors.message(actor, pk)
    return _done(request, pk, lambda: services.read_message(found, by=actor), _("Marked as read."))


def _done(request: HttpRequest, pk: int, act: Callable[[], Message], said: str) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("messaging:message", pk)


def _openable(link: str) -> str:
    """Only addresses of pages become links, whatever a room has written; else ""."""
    is_page = link.startswith(("https://", "http://")) or (link.startswith("/") and not link.startswith("//"))
    return link if is_page else ""
