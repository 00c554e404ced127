"""Answers to orders by text message: a digit, and the order's last four digits where several are open."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.messaging.models import Message
from fenghuo.kernel.messaging.replies import Reply, reader, send_answer

from .digits import Digits, read_digits
from .models import Assignment, Way
from .services import Said, acknowledge, decline, finish, report_progress
from .services.links import actor_of_receiver
from .states import ENDED


@reader
def answer_by_text(reply: Reply, recent: list[Message]) -> bool:
    """True when it belongs to an order that was sent to this telephone, and could be understood or asked back."""
    keys = list(dict.fromkeys(message.record_id for message in recent if message.record.kind == "assignment"))
    if not keys:
        return False
    sent = {
        one.pk: one for one in Assignment.objects.filter(pk__in=keys).select_related("record", "about", "to", "issuer")
    }
    orders = [sent[key] for key in keys if key in sent]
    names = {message.record_id: message.name for message in reversed(recent)}
    with translation.override(settings.LANGUAGE_CODE):
        return _answer(reply, orders, names)


def _answer(reply: Reply, orders: list[Assignment], names: dict[int, str]) -> bool:
    read = read_digits(reply.text)
    open_ones = [one for one in orders if one.state not in ENDED]
    if read is not None and read.code:
        called = [one for one in (*open_ones, *orders) if one.record.number.endswith(read.code)]
        meant = called[:1]  # numbers of other days may end alike: what is open is meant
    else:
        meant = open_ones if len(open_ones) == 1 else []
    if read is None:
        return False  # words for a person to read: they stand on the list of what could not be used
    if meant:
        try:
            _carry_out(meant[0], read, reply, names.get(meant[0].pk, ""))
        except Refused as refused:
            return send_answer(reply, str(refused), record=meant[0].pk, by=actor_of_receiver(meant[0]))
        return True
    return _ask_back(reply, orders, open_ones)


def _ask_back(reply: Reply, orders: list[Assignment], open_ones: list[Assignment]) -> bool:
    """Several orders are open at this telephone, or none: nothing is guessed."""
    if not open_ones:
        text = _("No order to this telephone is open any more. Nothing was changed.")
        return send_answer(reply, text, record=orders[0].pk, by=actor_of_receiver(orders[0]))
    listed = "; ".join(f"{one.record.number[-4:]} {one.text[:20]}" for one in open_ones[:5])
    text = _("Several orders are open: %(orders)s. Reply with the four digits of the one you mean, then the answer.")
    return send_answer(reply, text % {"orders": listed}, record=open_ones[0].pk, by=actor_of_receiver(open_ones[0]))


def _carry_out(one: Assignment, read: Digits, reply: Reply, name: str) -> None:
    by = actor_of_receiver(one)
    said = Said(Way.SMS, f"sms:{reply.id}", name)
    at = min(reply.said_at, timezone.now())
    at = max(at, one.issued_at)
    match read.verb:
        case "acknowledge" | "later":
            acknowledge(
                one,
                by=by,
                eta_minutes=read.minutes,
                later=read.verb == "later",
                said=said,
                happened_at=at,
            )
        case "decline":
            decline(one, by=by, reason=read.text or _("no reason given"), said=said, happened_at=at)
        case "arrived":
            report_progress(one, by=by, text=read.text, arrived=True, said=said, happened_at=at)
        case _finish:
            finish(one, by=by, result=read.text or _("done"), said=said, happened_at=at)
