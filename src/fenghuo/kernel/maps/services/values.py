"""What is said of a closure, and what is wrong with it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Fault, Invalid

TITLE_MOST = REASON_MOST = 200


class ClosureValues(TypedDict, total=False):
    """`where`: words, for example 涝河大桥. `geometry`: GeoJSON in `crs`. `until_at`: None until it is lifted."""

    where: str
    reason: str
    geometry: Any
    crs: str
    from_at: datetime
    until_at: datetime | None


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
        yield Fault("reason", _("say why it is closed, for example: the bridge is under water"), said["reason"])
    for name, most in (("where", TITLE_MOST), ("reason", REASON_MOST)):
        text = str(said.get(name, ""))
        if len(text) > most:
            yield Fault(name, _("at most %(most)s characters") % {"most": most}, f"{text[:20]}…")
