from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.maps.layers import Layer, add, point

from .selectors import open_incidents
from .words import level_name

MOST = 500


def _features(actor: Actor) -> list[dict[str, Any]]:
    return [
        point(
            found.latitude,
            found.longitude,
            title=found.record.title,
            url=reverse("incidents:incident", args=[found.record.number]),
            level=(level := found.level or found.proposed_level or 0),
            word=level_name(level),
        )
        for found in open_incidents(actor).filter(latitude__isnull=False)[:MOST]
        if found.latitude is not None and found.longitude is not None
    ]


add(Layer("incidents", _("Incidents"), "incidents.read", _features, choice=True, order=10))
