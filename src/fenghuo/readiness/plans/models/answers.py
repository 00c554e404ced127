"""What a village says of itself in five short answers (PLN24: a grassroots plan may be a card)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .plans import Plan


class PlanAnswers(models.Model):
    """The five answers of a grassroots plan. The third names a person, the last may speak of people who need help."""

    plan = models.OneToOneField(Plan, models.CASCADE, primary_key=True, related_name="answers")
    dangers = models.TextField(_("what dangers there are"), blank=True)
    responsible = models.CharField(_("who is responsible"), max_length=60, blank=True)
    phone = models.CharField(_("telephone"), max_length=32, blank=True)
    warning = models.TextField(_("how people are warned"), blank=True)
    shelter = models.TextField(_("where they go"), blank=True)
    people = models.TextField(_("who needs help"), blank=True)

    def __str__(self) -> str:
        return str(self.plan_id)
