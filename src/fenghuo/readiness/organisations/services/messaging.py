"""A message to people of the contact book, through the one outbox and its gate."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid, NotAllowed
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.messaging.models import Message
from fenghuo.kernel.messaging.receivers import Receiver
from fenghuo.kernel.messaging.services import notify

from ..selectors.book import people_by_key

PEOPLE_MOST = 500
TWICE_WITHIN = timedelta(minutes=2)  # 本县设定: the same words again so soon are a second press of the button


@transaction.atomic
def message_people(people: Collection[int], *, by: Actor, text: str) -> list[Message]:
    """The same text to each of these people, in the name of the actor's unit, in whose record it stands.

    Whoever may approve messages sends at once; what others write waits for one who may, before it leaves the house.
    Raises: NotAllowed, Conflict (the very same a moment ago), Invalid (nobody, too many, somebody who may not be seen,
    no text, too long).
    """
    require(by, "contacts.message")
    unit = Unit.objects.filter(pk=by.unit_id).first()
    if unit is None:
        raise NotAllowed(_("Only somebody in a post of a unit writes to people."))
    found = people_by_key(by, people)
    faults = []
    if not people:
        faults.append(Fault("people", _("Choose at least one person.")))
    elif len(people) > PEOPLE_MOST:
        faults.append(Fault("people", _("At most %(most)s people at once.") % {"most": PEOPLE_MOST}, len(people)))
    elif len(found) != len(set(people)):
        faults.append(Fault("people", _("Somebody chosen is no longer in the contact book: choose again.")))
    if not text.strip():
        faults.append(Fault("text", _("write something"), text))
    if faults:
        raise Invalid(*faults)
    Unit.objects.lock(unit)  # of two presses of the button at once the second waits for the first
    ours = Message.objects.filter(record=unit.pk, sender=by.label[:200], text=text.strip())
    if ours.filter(created_at__gt=timezone.now() - TWICE_WITHIN, person__in=[one.pk for one in found]).exists():
        raise Conflict(_("This very message was written a moment ago. Look into the outbox before you write it again."))
    receivers = [Receiver(one.name, one.pk, phone=one.mobile, email=one.email) for one in found]
    approved = by.may("messages.approve")
    made = notify(receivers, text.strip(), record=unit, by=by, subject=unit.name, approved=approved)
    record(
        "organisation.people_messaged",
        by,
        about=[unit],
        public={"people": len(found), "approved": approved},
        private={"text": text.strip(), "to": sorted(one.pk for one in found)},
    )
    return made
