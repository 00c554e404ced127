"""`require`: the first line of every service."""

from django.db import models
from django.utils.translation import gettext as _

from .actor import Actor
from .errors import NotAllowed, NotFound
from .models import Record


def require(by: Actor, action: str, subject: models.Model | None = None) -> None:
    """Refuse unless `by` may do `action` at all and may see the record that it is done to.

    Raises: NotFound (may not see it), NotAllowed (role or scope does not allow the action).
    """
    if subject is not None and not sees(by, subject):
        raise NotFound(_("There is no such record, or you may not see it."))
    if not by.may(action):
        said = _("Your post does not allow this (%(action)s). Whoever administers the system can say who may.")
        raise NotAllowed(said % {"action": action})


def sees(by: Actor, subject: models.Model) -> bool:
    return by.is_system or Record.objects.visible_to(by).filter(pk=subject.pk).exists()
