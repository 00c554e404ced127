"""What is being typed: kept every moment, so that a reload, a lost connection or a sign-out loses nothing."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed, NotFound
from fenghuo.kernel.access.guard import require

from ..models import Draft

MOST = 20_000  # characters of all fields together


@transaction.atomic
def keep_draft(key: str, content: Mapping[str, str], *, by: Actor) -> Draft:
    """Keep what was typed under this key. Raises: NotAllowed, NotFound (another officer's), Invalid (too long)."""
    require(by, "reports.receive")
    if by.post_id is None:
        raise NotAllowed(_("Only a person in a post can take a call."))
    if sum(map(len, content.values())) > MOST:
        raise Invalid(Fault("text", _("must be at most %(most)s characters long") % {"most": MOST}))
    now = timezone.now()
    kept = Draft.objects.filter(key=key[:64]).first()
    if kept is None:
        return Draft.objects.create(key=key[:64], post_id=by.post_id, content=content, begun_at=now, saved_at=now)
    if kept.post_id != by.post_id:
        raise NotFound(_("This draft is another officer's."))
    kept.content, kept.saved_at = dict(content), now
    kept.save(update_fields=["content", "saved_at"])
    return kept


def drop_draft(key: str, *, by: Actor) -> None:
    """It is on record now, or thrown away."""
    drafts_of(by).filter(key=key).delete()


def drafts_of(by: Actor) -> QuerySet[Draft]:
    """What this officer has begun, the newest first."""
    if by.post_id is None:
        return Draft.objects.none()
    return Draft.objects.filter(post_id=by.post_id).order_by("-saved_at")
