"""Who has it: taking a call or incident, taking it over, giving it back; and who else has it open."""

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, NotAllowed
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.recording import record

from ..models import Holding, Looking

OPEN_FOR = timedelta(seconds=60)  # a page that has not been heard of for so long is closed


@transaction.atomic
def take(subject: models.Model, *, by: Actor, over: bool = False) -> Holding:
    """Deal with it from now on; `over` when somebody else has it and is to lose it.

    Raises: NotFound, NotAllowed, Conflict (somebody has it, and `over` was not said).
    """
    require(by, "incidents.write", subject)
    if by.post_id is None:
        raise NotAllowed(_("Only a person in a post can take it."))
    held = Holding.objects.select_for_update(of=("self",)).select_related("post").filter(record=subject.pk).first()
    if held is not None and held.post_id == by.post_id:
        return held
    if held is not None and not over:
        raise Conflict(_("%(who)s has it. Take it over only after a word with them.") % {"who": held.post})
    before = str(held.post) if held else ""
    held, _made = Holding.objects.update_or_create(
        record_id=subject.pk, defaults={"post_id": by.post_id, "since": timezone.now()}
    )
    record("record.taken_over" if before else "record.taken", by, about=[subject], public={"from": before})
    return held


@transaction.atomic
def give_back(subject: models.Model, *, by: Actor) -> None:
    """Nobody has it any more. Only its holder can say so. Raises: NotFound, NotAllowed, Conflict."""
    require(by, "incidents.write", subject)
    held = Holding.objects.filter(record=subject.pk).first()
    if held is None or held.post_id != by.post_id:
        raise Conflict(_("You do not have it."))
    held.delete()
    record("record.given_back", by, about=[subject])


def look(subject: models.Model, *, by: Actor) -> None:
    """This officer has it open on a page at this moment. Raises: NotFound, NotAllowed."""
    require(by, "reports.read", subject)
    if by.post_id is None:
        return
    now = timezone.now()
    Looking.objects.update_or_create(record_id=subject.pk, post_id=by.post_id, defaults={"seen_at": now})
    Looking.objects.filter(seen_at__lt=now - timedelta(hours=1)).delete()


def others_looking(subject: models.Model, *, by: Actor) -> list[str]:
    """The posts of the others who have it open."""
    since = timezone.now() - OPEN_FOR
    rows = Looking.objects.filter(record_id=subject.pk, seen_at__gte=since).select_related("post__unit").order_by("pk")
    return [str(row.post) for row in rows if row.post_id != by.post_id]
