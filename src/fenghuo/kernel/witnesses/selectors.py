"""What may be asked of seals and roots."""

from typing import Any

from django.db.models import Count, Max, QuerySet

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.journal.models import Seal

from .models import GivenRoot, KeptRoot


def seals(actor: Actor) -> QuerySet[Seal]:
    """Newest first. Raises: NotAllowed."""
    require(actor, "seals.read")
    return Seal.objects.defer("leaves").order_by("-number")


def given_roots(actor: Actor, most: int = 10) -> list[GivenRoot]:
    require(actor, "seals.read")
    return list(GivenRoot.objects.order_by("-pk")[:most])


def keepers(actor: Actor) -> list[dict[str, Any]]:
    """Each node whose roots are kept: its unit, how many, the newest number, and the numbers that came twice."""
    require(actor, "seals.read")
    rows = (
        KeptRoot.objects.values("unit", "unit__name", "unit__code")
        .annotate(count=Count("pk"), newest=Max("number"), received_at=Max("received_at"))
        .order_by("unit__name")
    )
    twice: dict[int, list[int]] = {}
    differing = KeptRoot.objects.values("unit", "number").annotate(hashes=Count("pk")).filter(hashes__gt=1)
    for row in differing.order_by("unit", "number"):
        twice.setdefault(row["unit"], []).append(row["number"])
    return [{**row, "twice": twice.get(row["unit"], [])} for row in rows]


def kept_of(unit: Unit) -> QuerySet[KeptRoot]:
    """All roots that are kept of this node, by number."""
    return KeptRoot.objects.filter(unit=unit).order_by("number", "pk")
