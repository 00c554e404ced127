"""Where plans are lacking, on the map."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.maps.layers import Layer, add, point

from .presenting import pins
from .selectors.coverage import lacking


def _features(actor: Actor) -> list[dict[str, Any]]:
    return [
        point(pin["latitude"], pin["longitude"], **{name: pin[name] for name in ("title", "url", "state", "word")})
        for pin in pins(lacking(actor))
    ]


add(Layer("plan_coverage", _("Where plans are lacking"), "plans.read", _features, choice=True, order=90))
