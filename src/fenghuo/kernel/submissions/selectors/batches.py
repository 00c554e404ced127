"""What somebody has accepted together; nobody else sees it as such."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound

from ..models import Batch


def batches(by: Actor) -> QuerySet[Batch]:
    """The newest first, with how many papers (`many`), how many of them are done and how many were refused."""
    found = Batch.objects.filter(post=by.post_id or 0)
    refused = Q(items__done_at__isnull=False) & ~Q(items__why="")
    done = Count("items", Q(items__done_at__isnull=False))
    return found.annotate(many=Count("items"), done=done, refused=Count("items", refused)).order_by("-pk")


def batch(by: Actor, pk: int) -> Batch:
    """Raises: NotFound."""
    found = batches(by).filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such act, or it is not yours."))
    return found
