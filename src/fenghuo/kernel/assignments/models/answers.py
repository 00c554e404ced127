from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Way(models.TextChoices):
    """How an answer reached us."""

    PAGE = "page", _("on the page")
    LINK = "link", _("by link")
    SMS = "sms", _("by text message")
    MACHINE = "machine", _("by machine")
    NOTED = "noted", _("noted by hand")


class Answer(models.Model):
    """One thing the receiver said. Kept as it came, also when somebody else had answered before."""

    assignment = models.ForeignKey("assignments.Assignment", models.PROTECT, related_name="answers")
    verb = models.CharField(max_length=16)
    way = models.CharField(max_length=8, choices=Way)
    key = models.CharField(max_length=64, unique=True, null=True, help_text="so that the same answer counts once")
    name = models.CharField(_("who answered"), max_length=200, blank=True)
    eta_minutes = models.PositiveIntegerField(null=True, blank=True)
    later = models.BooleanField(default=False)
    arrived = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.verb}"

    @property
    def spoken(self) -> str:
        """The answer in a few words of the reader's language."""
        match self.verb:
            case "acknowledge":
                said = str(_("Comes later") if self.later else _("Acknowledged"))
            case "decline":
                said = str(_("Cannot come"))
            case "progress":
                said = str(_("Arrived") if self.arrived else _("Progress"))
            case _other:
                said = str(_("Finished"))
        if self.eta_minutes is not None:
            said += ", " + ngettext("there in %(n)s minute", "there in %(n)s minutes", self.eta_minutes) % {
                "n": self.eta_minutes
            }
        return f"{said}: {self.text}" if self.text else said
