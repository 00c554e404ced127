"""What is said of a closure, and what is wrong with it."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple, TypedDict

from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Fault, Invalid

from ..models import DEEPEST_CM, SLOWEST, Closure, Effect

TITLE_MOST = REASON_MOST = 200


class ClosureValues(TypedDict, total=False):
    """`where`: words, for example 涝河大桥. `geometry`: GeoJSON in `crs`. `until_at`: None until it is lifted.

    `effect`: one of models.Effect; `factor` belongs to a slowed road, `depth_cm` to a flooded one.
    """

    where: str
    reason: str
    geometry: Any
    crs: str
    from_at: datetime
    until_at: datetime | None
    effect: str
    factor: Decimal | float | None
    depth_cm: int | None


class Measured(NamedTuple):
    """An effect with what belongs to it, and nothing else."""

    effect: str = Effect.CLOSED
    factor: Decimal | None = None
    depth_cm: int | None = None


def measured(said: ClosureValues, before: Closure | None = None) -> Measured:
    """What is said over what was; a measure of another effect than before is forgotten. Raises: Invalid."""
    effect = said.get("effect", before.effect if before else Effect.CLOSED)
    if effect not in Effect.values:
        raise Invalid(
            Fault("effect", _("must be one of: %(known)s") % {"known": " ".join(Effect.values)}, str(effect)[:20])
        )
    for name, belongs in (("factor", Effect.SLOWED), ("depth_cm", Effect.FLOODED)):
        given = said.get(name)
        if given is not None and effect != belongs:
            raise Invalid(Fault(name, _("belongs to another kind of restriction"), str(given)[:20]))
    kept = before if before and before.effect == effect else None
    if effect == Effect.SLOWED:
        return Measured(effect, _factor(said.get("factor", kept.factor if kept else None)))
    if effect == Effect.FLOODED:
        return Measured(effect, None, _depth(said.get("depth_cm", kept.depth_cm if kept else None)))
    return Measured(effect)


def _factor(given: Decimal | float | None) -> Decimal:
    if given is None:
        raise Invalid(Fault("factor", _("say how many times longer it takes there, for example 3")))
    try:
        factor = Decimal(str(given)).quantize(Decimal("0.1"))
    except InvalidOperation:
        factor = Decimal(0)
    if not (factor.is_finite() and 1 < factor <= SLOWEST):
        most = {"most": SLOWEST}
        raise Invalid(Fault("factor", _("must be above 1 and at most %(most)s") % most, str(given)[:20]))
    return factor


def _depth(given: int | None) -> int:
    if given is None:
        raise Invalid(Fault("depth_cm", _("say how deep the water is, in centimetres")))
    if not 1 <= given <= DEEPEST_CM:
        fault = _("must be from 1 to %(most)s centimetres") % {"most": DEEPEST_CM}
        raise Invalid(Fault("depth_cm", fault, str(given)[:20]))
    return given


def check(said: ClosureValues, from_at: datetime, until_at: datetime | None, now: datetime) -> None:
    """Raises: Invalid."""
    faults = list(_text_faults(said))
    if until_at is not None and until_at <= from_at:
        faults.append(Fault("until_at", _("must be later than the beginning"), until_at.isoformat()))
    elif until_at is not None and until_at <= now:
        faults.append(Fault("until_at", _("lies in the past: give a moment to come, or none"), until_at.isoformat()))
    if faults:
        raise Invalid(*faults)


def _text_faults(said: ClosureValues) -> Iterator[Fault]:
    if "where" in said and not said["where"].strip():
        yield Fault("where", _("say which road or bridge, for example: Laohe bridge"), said["where"])
    if "reason" in said and not said["reason"].strip():
        yield Fault("reason", _("say why, for example: the bridge is under water"), said["reason"])
    for name, most in (("where", TITLE_MOST), ("reason", REASON_MOST)):
        text = str(said.get(name, ""))
        if len(text) > most:
            yield Fault(name, _("at most %(most)s characters") % {"most": most}, f"{text[:20]}…")
