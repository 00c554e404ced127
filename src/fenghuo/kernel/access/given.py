"""What people and machines give: moments that have come, texts that fit."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from .errors import Fault, Invalid

AHEAD = timedelta(minutes=2)  # clocks of machines differ
MOST_TEXT = 2000


def not_ahead(field: str, moment: datetime | None) -> None:
    """Raises: Invalid when the moment has not come yet (clocks may differ by two minutes)."""
    if moment is not None and moment > timezone.now() + AHEAD:
        raise Invalid(Fault(field, _("lies in the future"), moment.isoformat()))


def text_within(field: str, text: str, most: int = MOST_TEXT) -> str:
    """Without outer blanks. Raises: Invalid when it is too long."""
    if len(text) > most:
        raise Invalid(Fault(field, _("must be at most %(most)s characters long") % {"most": most}, text[:200]))
    return text.strip()


def text_faults(field: str, text: str, most: int, *, needed: bool = False) -> Iterator[Fault]:
    if needed and not text.strip():
        yield Fault(field, _("must not be blank"), text[:50])
    elif len(text.strip()) > most:
        yield Fault(field, _("must be at most %(most)s characters long") % {"most": most}, f"{text[:50]}…")
    elif "\x00" in text:
        yield Fault(field, _("must not contain the character U+0000"), text[:50])
