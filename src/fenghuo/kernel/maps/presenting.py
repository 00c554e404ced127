"""Closed roads as maps and lists show them."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.actor import Actor

from .closures import closures, not_yet_over
from .layers import Layer, add
from .models import Closure

MOST = 500


def feature(closure: Closure, now: datetime) -> dict[str, Any]:
    """A GeoJSON feature as it was drawn, with `title`, `word` (why, until when), `standing` and `url`."""
    return {
        "type": "Feature",
        "geometry": closure.geometry,
        "properties": {
            "title": closure.record.title,
            "word": f"{closure.reason} · {spell(closure)}",
            "standing": str(closure.standing_at(now)),
            "url": reverse("maps:closure", args=[closure.record.number]),
        },
    }


def spell(closure: Closure) -> str:
    """From when until when, in words."""
    begins = f"{timezone.localtime(closure.from_at):%m-%d %H:%M}"
    if closure.until_at is None:
        return _("from %(begins)s until it is lifted") % {"begins": begins}
    ends = f"{timezone.localtime(closure.until_at):%m-%d %H:%M}"
    return _("from %(begins)s until %(ends)s") % {"begins": begins, "ends": ends}


def _features(actor: Actor) -> list[dict[str, Any]]:
    now = timezone.now()
    return [feature(found, now) for found in closures(actor).filter(not_yet_over(now))[:MOST]]


add(Layer("closures", gettext_lazy("Closed roads"), "closures.read", _features))
