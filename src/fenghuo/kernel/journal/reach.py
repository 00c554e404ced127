"""Which entries somebody may read: those about records that they see; an auditor of the county all there are."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Record, Region
from fenghuo.kernel.access.models.regions import RegionLevel
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.access.scoped import ABOVE_DIGITS, visible
from fenghuo.kernel.access.sight import Sight

from .models import Entry, EntryAbout

PUBLIC_KINDS = ("region",)  # names and places of regions are nobody's secret (access.checks)


def audits_all(actor: Actor) -> bool:
    """Whether this is an auditor of the county that the installation serves, or of what lies above it. 0 or 1 query.

    Their reading is not bounded by blocks: what belongs to no block at all (keys of machines, units of superiors and
    neighbours) was done in this house too, and somebody must be able to see it.
    """
    if actor.is_system:
        return True
    if Role.AUDITOR not in actor.roles or not actor.block:
        return False
    inside = Region.objects.filter(path__gte=actor.block, path__lt=actor.block + ABOVE_DIGITS)
    home = Q(code=settings.NODE.ljust(12, "0")) if settings.NODE else Q(pk__in=[])
    # Without FENGHUO_NODE the home county is the one whose towns were entered (registry.homes).
    served = Q(level=RegionLevel.COUNTY, children__isnull=False) if not settings.NODE else Q(pk__in=[])
    return inside.filter(home | served).exists()


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose histories somebody may read. Worked out once a page, by `reach_of`."""

    actor: Actor
    everything: bool

    def condition(self, path: str = "") -> Q:
        """On the Record at `path`; empty when all may be read."""
        if self.everything:
            return Q()
        return visible(self.actor, path) | Q(**{f"{path}kind__in": PUBLIC_KINDS})

    def records(self) -> QuerySet[Record]:
        return Record.objects.filter(self.condition())

    def entries(self) -> QuerySet[Entry]:
        """Those that have their position and are about a record that may be read."""
        numbered = Entry.objects.filter(numbered__isnull=False)
        if self.everything:
            return numbered
        about = EntryAbout.objects.filter(self.condition("record__"))
        if self.actor.sight is Sight.OWN:  # so few records that their entries are found through them
            return numbered.filter(pk__in=about.values("entry"))
        return numbered.filter(Exists(about.filter(entry=OuterRef("pk"))))


def reach_of(actor: Actor) -> Reach:
    """0 or 1 query."""
    return Reach(actor, audits_all(actor))
