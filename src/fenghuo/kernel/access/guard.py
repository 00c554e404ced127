"""`require`: the first line of every service."""

from collections.abc import Collection, Iterable

from django.db import models
from django.utils.translation import gettext as _

from .actor import Actor
from .errors import NotAllowed, NotFound
from .models import Record


def require(
    by: Actor, action: str, subject: models.Model | None = None, *, seen: Collection[int] | None = None
) -> None:
    """Refuse unless `by` may do `action` at all and may see the record that it is done to.

    `seen`: of several subjects those that are seen, asked before all at once (`seen_of`).
    Raises: NotFound (may not see it), NotAllowed (role or scope does not allow the action).
    """
    if subject is not None and not (sees(by, subject) if seen is None else subject.pk in seen):
        raise NotFound(_("There is no such record, or you may not see it."))
    if not by.may(action):
        said = _("Your post does not allow this (%(action)s). Whoever administers the system can say who may.")
        raise NotAllowed(said % {"action": action})


def sees(by: Actor, subject: models.Model) -> bool:
    return by.is_system or Record.objects.visible_to(by).filter(pk=subject.pk).exists()


def seen_of(by: Actor, keys: Iterable[int]) -> set[int]:
    """Those of these records that `by` may see."""
    asked = set(keys)
    if by.is_system or not asked:
        return asked
    return set(Record.objects.visible_to(by).filter(pk__in=asked).values_list("pk", flat=True))
