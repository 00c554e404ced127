"""What being late is called, and why one may have been."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LateWhy(models.TextChoices):
    """Kinds of reason, so that they can be counted; what exactly happened is written beside it."""

    VERIFYING = "verifying", _("checking the facts took long")
    CONTACT = "contact", _("communications were cut")
    HANDS = "hands", _("not enough hands")
    LEARNED = "learned", _("it was learned of late")
    WAITING = "waiting", _("waited for another unit or for approval")
    RULE = "rule", _("the deadline was not known")
    SYSTEM = "system", _("equipment or system failure")
    RECORDED = "recorded", _("done in time, entered afterwards")
    OTHER = "other", _("something else")
