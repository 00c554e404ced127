"""What a closure does to whom: a factor for each mode, and the same in words."""

from decimal import Decimal
from math import inf, isinf

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.standards.wading import MODES, wading_factor

from .models import Closure, Effect

MODE_WORDS = {
    "truck": gettext_lazy("fire engine"),
    "car": gettext_lazy("car"),
    "bus": gettext_lazy("bus"),
    "foot": gettext_lazy("on foot"),
}
SIGNS = {Effect.CLOSED: "✕", Effect.SLOWED: "▲", Effect.FLOODED: "≈"}


def factor_for(mode: str, effect: str, factor: Decimal | None, depth_cm: int | None) -> float:
    """How many times longer it takes there; infinite where this mode does not pass."""
    match effect:
        case Effect.SLOWED if factor is not None:
            return float(factor)
        case Effect.FLOODED if depth_cm is not None:
            return wading_factor(mode, depth_cm, settings.OWN_WADING)
        case _:
            return inf


def factors(closure: Closure) -> dict[str, float | None]:
    """By mode; None where it does not pass."""
    found = {mode: factor_for(mode, closure.effect, closure.factor, closure.depth_cm) for mode in MODES}
    return {mode: None if isinf(one) else one for mode, one in found.items()}


def measure(closure: Closure) -> str:
    """×3, 40 cm, or nothing."""
    if closure.factor is not None:
        return f"×{closure.factor.normalize():f}"
    return f"{closure.depth_cm} cm" if closure.depth_cm is not None else ""


def effect_words(closure: Closure) -> str:
    """For example: slow traffic ×3."""
    return f"{closure.get_effect_display()} {measure(closure)}".strip()


def who_passes(closure: Closure) -> str:
    """A line for people: which vehicle passes a flooded road, and how slowly."""
    if closure.effect == Effect.CLOSED:
        return _("Nobody drives there.")
    if closure.effect == Effect.SLOWED:
        return _("Everybody takes %(times)s times as long there.") % {"times": f"{float(closure.factor or 1):g}"}
    said = factors(closure)
    return _("; ").join(_passing(str(word), said[mode]) for mode, word in MODE_WORDS.items())


def _passing(who: str, factor: float | None) -> str:
    if factor is None:
        return _("%(who)s: does not pass") % {"who": who}
    if factor == 1:
        return _("%(who)s: passes") % {"who": who}
    return _("%(who)s: passes slowly (×%(times)s)") % {"who": who, "times": f"{factor:g}"}
