"""Each time a submission is sent: what lay in it, who reviewed it, what was remarked, how it was answered. Frozen."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How it came."""

    PAGE = "page", _("on the page")
    MACHINE = "machine", _("by machine")
    HAND = "hand", _("on paper, by hand")


class Round(models.Model):
    """One sending. `title` and `version` are those of the paper then. `brought_by`: who came with the paper.

    `verdict`: how the receiver answered (a verb), `reason` in its words.
    """

    submission = models.ForeignKey("submissions.Submission", models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    version = models.PositiveIntegerField()
    way = models.CharField(max_length=8, choices=Way, default=Way.PAGE)
    brought_by = models.CharField(_("brought by"), max_length=120, blank=True)
    note = models.TextField(_("note"), blank=True)
    sent_by = models.ForeignKey("access.Post", models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    verdict = models.CharField(max_length=16, blank=True)
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey("access.Post", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["submission", "number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="round_once")]

    def __str__(self) -> str:
        return f"{self.submission_id}.{self.number}"


class Enclosure(models.Model):
    """What lay in a round. `item`: of the checklist, or "". `on_paper`: it lies there, without a file.

    The file stays readable to both sides even when it was taken off the paper since. Without one and not `on_paper`:
    it was destroyed by order.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="enclosures")
    item = models.CharField(max_length=48, blank=True)
    attachment = models.ForeignKey("documents.Attachment", models.SET_NULL, null=True, blank=True, related_name="+")
    on_paper = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.item}"


class Review(models.Model):
    """One reviewer's part of one round, by role; `place` orders them, equal places are side by side."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="reviews")
    place = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=24)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("access.Post", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "place", "role"], name="review_once")]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.role}"


class Remark(models.Model):
    """What is wrong with an item of the checklist, or with the whole (""); to be answered before it is sent again."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="remarks")
    item = models.CharField(max_length=48, blank=True)
    text = models.TextField(_("remark"))
    made_by = models.ForeignKey("access.Post", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey("access.Post", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.item}"
