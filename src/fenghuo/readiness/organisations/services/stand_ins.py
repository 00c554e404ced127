"""Who stands in for whom: set and ended; the journal keeps what was before."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor, post_is_held
from fenghuo.kernel.access.errors import Fault, Invalid, NotFound
from fenghuo.kernel.access.models import Post
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.registry.services.keeping import require_keeping

from ..models import StandIn


@transaction.atomic
def set_stand_in(post: Post, deputy: Post, *, by: Actor) -> StandIn:
    """From now on `deputy` stands in for `post`; the same again changes nothing.

    Raises: NotAllowed (not their unit to keep), Invalid (an ended post, another unit's, or the same person's).
    """
    require_keeping(by, "registry.keep", post.unit)
    held = {one.pk: one for one in Post.objects.select_for_update(of=("self",)).filter(pk__in=(post.pk, deputy.pk))}
    today = timezone.localdate()
    faults = [
        Fault(field, _("This post has ended: choose one that is held now."), one.pk)
        for field, one in (("post", post), ("deputy", deputy))
        if one.pk not in held or not post_is_held(held[one.pk], today)
    ]
    if post.unit_id != deputy.unit_id:
        faults.append(Fault("deputy", _("Only somebody of the same unit stands in."), deputy.pk))
    if post.person_id == deputy.person_id:
        faults.append(Fault("deputy", _("Nobody stands in for oneself: choose somebody else."), deputy.pk))
    if faults:
        raise Invalid(*faults)
    made, new = StandIn.objects.get_or_create(post=post, deputy=deputy)
    if new:
        record(
            "organisation.stand_in_set", by, about=[post.unit, post.person, deputy.person], public=_said(post, deputy)
        )
    return made


@transaction.atomic
def end_stand_in(pk: int, *, by: Actor) -> None:
    """Raises: NotFound, NotAllowed."""
    found = StandIn.objects.select_related("post__unit__region", "deputy").filter(pk=pk).first()
    if found is None:
        raise NotFound(_("Nobody stands in there any more."))
    post, deputy = found.post, found.deputy
    require_keeping(by, "registry.keep", post.unit)
    if StandIn.objects.filter(pk=pk).delete()[0]:
        about = [post.unit, post.person_id, deputy.person_id]
        record("organisation.stand_in_ended", by, about=about, public=_said(post, deputy))


def _said(post: Post, deputy: Post) -> dict[str, str]:
    """Posts by their titles; who holds them is personal, and stands in what the entry is about."""
    return {"post": post.title or post.role, "deputy": deputy.title or deputy.role}
