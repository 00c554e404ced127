"""The region tree. Names and places of regions are public facts."""

from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Q, QuerySet, When

from fenghuo.kernel.access.models import Region

from ..models import Name, NameKind


def region_by_code(code: str) -> Region | None:
    """The region that bears this code, or bore it once (户县 was 610125)."""
    if not code:
        return None
    if region := Region.objects.filter(code=code).first():
        return region
    former = Name.objects.filter(record_kind="region", code=code, kind=NameKind.FORMER).values("record_id")
    return Region.objects.filter(pk__in=former).first()


def home_region() -> Region | None:
    """The county (or city, or province) that this installation serves: FENGHUO_NODE, else the county there is."""
    return homes().first()


def homes() -> QuerySet[Region]:
    """The home region comes first. FENGHUO_NODE may be a code that it bore once."""
    counties = Region.objects.filter(level="county", valid_to=None).annotate(below=Count("children"))
    if not settings.NODE:
        return counties.order_by("-below", "path")
    code = settings.NODE.ljust(12, "0")
    former = Name.objects.filter(record_kind="region", code=code, kind=NameKind.FORMER).values("record_id")
    named = Case(When(code=code, then=0), When(pk__in=former, then=1), default=2)
    either = Region.objects.filter(Q(code=code) | Q(pk__in=former) | Q(level="county", valid_to=None))
    return either.annotate(named=named, below=Count("children")).order_by("named", "-below", "path")


def position_of(region: Region) -> tuple[float, float] | None:
    """Where a village or town lies (WGS 84), a village without a position where its town does; None for larger ones."""
    while region.level in ("village", "town"):
        if region.latitude is not None and region.longitude is not None:
            return region.latitude, region.longitude
        if region.parent is None:
            return None
        region = region.parent
    return None


def around(region: Region) -> dict[str, Any]:
    """What its page shows: those above, those directly below, the ended ones, and all names it had. 3 queries."""
    above = [region.path[:end] for end in range(4, len(region.path), 4)]
    below = region.children.annotate(below=Count("children", filter=Q(children__valid_to=None))).order_by("code")
    return {
        "above": list(Region.objects.filter(path__in=above).order_by("path")),
        "below": [child for child in below if child.valid_to is None],
        "ended": [child for child in below if child.valid_to is not None],
        "names": list(Name.objects.filter(record_id=region.pk).exclude(kind=NameKind.CURRENT).order_by("pk")),
    }
