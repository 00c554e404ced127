"""A submission (报送、备案): one course of one paper from a unit to another, and how far it has got."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.scoped import ScopedQuerySet


class State(models.TextChoices):
    GAP = "gap", _("no receiver yet")
    SUBMITTED = "submitted", _("waiting to be received")
    IN_REVIEW = "in_review", _("being reviewed")
    RETURNED = "returned", _("returned for correction")
    ACCEPTED = "accepted", _("accepted by the receiver")
    DEEMED = "deemed", _("taken as accepted")
    FORWARDED = "forwarded", _("passed on to the next level")
    WITHDRAWN = "withdrawn", _("withdrawn")


UNDER_WAY = (State.GAP, State.SUBMITTED, State.IN_REVIEW, State.RETURNED)


class Submission(models.Model):
    """`kind`: a row of submission_kinds.csv. The record's unit is the receiver, so that its clocks are its duties.

    `act`: what was sent in one act; a dual filing has two submissions of one act. `subject`: the line by which it goes
    to the receiver, "" by block. `receiver` None: nobody supervises the sender in this, a gap that stays visible.
    `round` counts how often it was sent; `step` is the place of the step that it stands at.
    `sent_at`: when it last went, as people say.
    """

    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_submission")
    kind = models.CharField(_("kind"), max_length=48)
    paper = models.ForeignKey("access.Record", models.PROTECT, related_name="submissions")
    act = models.CharField(max_length=32, editable=False, help_text="a random number")
    # No index of their own: those of the boxes begin with them.
    sender = models.ForeignKey(
        "access.Unit", models.PROTECT, related_name="+", verbose_name=_("sender"), db_index=False
    )
    receiver = models.ForeignKey(
        "access.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("receiver"),
        db_index=False,
    )
    subject = models.CharField(_("line"), max_length=32, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.SUBMITTED)
    round = models.PositiveSmallIntegerField(default=1)
    step = models.PositiveSmallIntegerField(default=0)
    receipt = models.CharField(_("number of the receipt"), max_length=64, blank=True)
    sent_at = models.DateTimeField(_("sent at"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    forwarded_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="forwards")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "kind", "sender"], condition=Q(state__in=UNDER_WAY), name="submission_once_under_way"
            ),
            models.UniqueConstraint(fields=["receipt"], condition=~Q(receipt=""), name="receipt_number_once"),
            models.CheckConstraint(
                condition=Q(receiver__isnull=False) | Q(state__in=(State.GAP, State.WITHDRAWN)),
                name="submission_has_receiver",
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "state", "-sent_at"], name="submission_inbox"),
            models.Index(fields=["sender", "state", "-sent_at"], name="submission_outbox"),
            models.Index(fields=["receiver", "-sent_at"], name="submission_inbox_all"),
            models.Index(fields=["sender", "-sent_at"], name="submission_outbox_all"),
            models.Index(fields=["act"], name="submission_act"),
        ]

    def __str__(self) -> str:
        return self.record.number
