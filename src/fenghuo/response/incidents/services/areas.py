"""draw_area: where the incident is on the ground."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.maps.drawn import read_drawn

from ..models import Area, Incident
from .verbs import begin, needed, tell


@transaction.atomic
def draw_area(
    incident: Incident,
    *,
    by: Actor,
    name: str,
    geometry: dict[str, Any],
    crs: str = "wgs84",
    happened_at: datetime | None = None,
) -> Area:
    """Draw, or draw anew, the area of this name. `geometry`: a GeoJSON Polygon or MultiPolygon in `crs`.

    Raises: NotFound, NotAllowed, WrongState, Invalid (no polygon, crosses itself, wrong coordinates).
    """
    incident, _state = begin(incident, "draw_area", by=by, happened_at=happened_at)
    name = needed("name", name, _("name the area, for example 警戒区"))[:60]
    drawn = read_drawn(geometry, crs)
    now = happened_at or timezone.now()
    Area.objects.filter(incident=incident, name=name, replaced_at__isnull=True).update(replaced_at=now)
    marks = [doubt.as_mark() for doubt in drawn.doubts]
    area = Area.objects.create(incident=incident, name=name, geometry=drawn.geometry, marks=marks, drawn_at=now)
    tell(
        "area_drawn",
        incident,
        by,
        happened_at=happened_at,
        public={"name": name, "hectares": round(drawn.square_metres / 10_000)},
    )
    return area
