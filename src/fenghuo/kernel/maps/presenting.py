"""Closed roads as maps and lists show them."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.actor import Actor

from .closures import closures, not_yet_over
from .effects import SIGNS, effect_words, measure, who_passes
from .layers import Layer, add
from .models import Closure, Effect, Standing

MOST = 500


def feature(closure: Closure, now: datetime) -> dict[str, Any]:
    """A GeoJSON feature as it was drawn, with `title`, `word` (why, until when), `standing`, `effect` and `url`.

    `sign`: what stands before the title on maps, so that effects differ by more than a colour.
    """
    return {
        "type": "Feature",
        "geometry": closure.geometry,
        "properties": {
            "title": exercise_title(closure),
            "word": " · ".join((effect_words(closure), closure.reason, spell(closure))),
            "passes": who_passes(closure) if closure.effect == Effect.FLOODED else "",
            "effect": closure.effect,
            "sign": f"{SIGNS[Effect(closure.effect)]} {measure(closure)}".strip(),
            "standing": str(closure.standing_at(now)),
            "url": reverse("maps:closure", args=[closure.record.number]),
        },
    }


def exercise_title(closure: Closure) -> str:
    """The word 演练 before what is only played."""
    title = closure.record.title
    return f"{_('Exercise')} {title}" if closure.record.exercise else title


def state_words(closure: Closure, standing: Standing) -> str:
    """What holds there now; of what does not yet hold or no longer does, that."""
    return effect_words(closure) if standing == Standing.CLOSED else f"{standing.label} · {effect_words(closure)}"


def spell(closure: Closure) -> str:
    """From when until when, in words."""
    begins = f"{timezone.localtime(closure.from_at):%m-%d %H:%M}"
    if closure.until_at is None:
        return _("from %(begins)s until it is lifted") % {"begins": begins}
    ends = f"{timezone.localtime(closure.until_at):%m-%d %H:%M}"
    return _("from %(begins)s until %(ends)s") % {"begins": begins, "ends": ends}


def _features(actor: Actor, *, exercise: bool = False) -> list[dict[str, Any]]:
    now = timezone.now()
    found = closures(actor).filter(not_yet_over(now), record__exercise=exercise)
    return [feature(one, now) for one in found[:MOST]]


def _played(actor: Actor) -> list[dict[str, Any]]:
    return _features(actor, exercise=True)


add(Layer("closures", gettext_lazy("Road restrictions"), "closures.read", _features))
add(Layer("closures-exercise", gettext_lazy("Road restrictions in exercises"), "closures.read", _played))
