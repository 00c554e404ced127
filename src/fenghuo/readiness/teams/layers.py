from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.maps.layers import Layer, add, point

from .presenting import pin
from .selectors import teams

MOST = 1000


def _features(actor: Actor) -> list[dict[str, Any]]:
    now = timezone.now()
    return [
        point(
            found.latitude,
            found.longitude,
            **pin(found, now),
            kind=found.kind,
            state=str(found.state_at(now)),
            estimated=found.position_estimated,
        )
        for found in teams(actor).filter(latitude__isnull=False).prefetch_related(None)[:MOST]
        if found.latitude is not None and found.longitude is not None
    ]


add(Layer("teams", _("Teams"), "teams.read", _features))
