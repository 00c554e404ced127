"""Who is told what: the receiver that a paper came, the sender how it was answered."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.clocks.desks import people_of
from fenghuo.kernel.messaging.models import ChannelName
from fenghuo.kernel.messaging.receivers import Receiver
from fenghuo.kernel.messaging.services import Notice, notify_each

from .kinds import name_of
from .models import Submission
from .sides import lies_outside

INSIDE = (ChannelName.IN_APP,)
URGENT = (ChannelName.IN_APP, ChannelName.SMS)  # where somebody has to do something again
CLERK = "clerk"


def tell_receivers(found: Sequence[Submission], *, by: Actor, withdrawn: bool = False, deemed: bool = False) -> None:
    """That a paper lies there, or no longer does. In the caller's transaction."""
    notices = []
    with translation.override(settings.LANGUAGE_CODE):
        if withdrawn:
            form = _("%(from)s has withdrawn: %(kind)s, %(number)s. Nothing more is to be done. {link}")
        elif deemed:
            form = _("The time is over, and by law it counts as accepted: %(kind)s of %(from)s, %(number)s. {link}")
        else:
            form = _("%(from)s has sent: %(kind)s, %(title)s, %(number)s. {link}")
        for one in found:
            if one.receiver is not None and not lies_outside(one):
                notices += [_notice(one, receiver, form) for receiver in _clerks(one, to_sender=False)]
    notify_each(notices, by=by, channels=INSIDE)


def tell_sender(held: Submission, what: str, *, by: Actor, reason: str = "") -> None:
    """How it was answered: returned, accepted, deemed, forwarded, late. In the caller's transaction."""
    tell_senders([held], what, by=by, reason=reason)


def tell_senders(found: Sequence[Submission], what: str, *, by: Actor, reason: str = "") -> None:
    """The same of several; 2 queries for each unit that sent some, and a handful for all."""
    clerks: dict[int, list[Receiver]] = {}
    with translation.override(settings.LANGUAGE_CODE):
        forms = {
            "returned": _(
                "%(to)s returns %(kind)s, %(number)s: %(reason)s. Answer the remarks and send it again. {link}"
            ),
            "accepted": _("%(to)s has accepted %(kind)s, %(number)s. Receipt %(receipt)s. {link}"),
            "deemed": _("%(to)s did not answer in time: by law %(kind)s, %(number)s counts as accepted. {link}"),
            "forwarded": _("%(to)s has passed on %(kind)s, %(number)s to the next level. {link}"),
            "late": _("%(to)s has not answered in time: %(kind)s, %(number)s. {link}"),
        }
        notices = []
        for one in found:
            if one.sender_id not in clerks:
                clerks[one.sender_id] = _clerks(one, to_sender=True)
            notices += [_notice(one, receiver, forms[what], reason) for receiver in clerks[one.sender_id]]
    notify_each(notices, by=by, channels=URGENT if what == "returned" else INSIDE)


def _clerks(one: Submission, *, to_sender: bool) -> list[Receiver]:
    unit = one.sender if to_sender else one.receiver
    return people_of(unit, [CLERK], timezone.localdate())[CLERK] if unit is not None else []


def _notice(one: Submission, receiver: Receiver, form: str, reason: str = "") -> Notice:
    said = {
        "from": one.sender.name,
        "to": one.receiver.name if one.receiver is not None else "",
        "kind": name_of(one.kind),
        "title": one.record.title,
        "number": one.record.number,
        "receipt": one.receipt or "–",
        "reason": reason[:200].rstrip("。.;； \n"),
    }
    link = settings.BASE_URL + reverse("submissions:submission", args=[one.record.number])
    return Notice(receiver, form % said, one.pk, link=link)
