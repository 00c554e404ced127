"""The list of casualties of an incident that somebody may see. Who may read names is checked where they are shown."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ..figures import with_merged
from ..models import Casualty, Incident


def casualties_of(incident: Incident) -> QuerySet[Casualty]:
    """The people on its list, also on those of incidents that were joined to it."""
    return Casualty.objects.filter(incident__in=with_merged(incident), removed_at__isnull=True)


def casualty_count() -> Coalesce:
    """How many people stand on an incident's own list, as a column of Incident."""
    rows = Casualty.objects.filter(incident=OuterRef("pk"), removed_at__isnull=True).order_by().values("incident")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)
