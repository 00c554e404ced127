"""The files of reports and incidents."""

from collections.abc import Sequence

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.documents.models import Attachment
from fenghuo.kernel.documents.selectors import attachments_of

from ..figures import with_merged
from ..models import Incident, Membership, Report


def files_of(subject: Report | Incident, actor: Actor) -> list[Attachment]:
    """Its files; an incident's with those of its reports and of incidents joined to it. At most 3 queries."""
    ids: Sequence[int] = [subject.pk]
    if isinstance(subject, Incident):
        ids = with_merged(subject)
        members = Membership.objects.filter(incident__in=ids, separated_at__isnull=True)
        ids = [*ids, *members.values_list("report", flat=True)]
    return list(attachments_of(ids, actor))
