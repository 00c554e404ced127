"""A check of plans on the spot (专项检查, 2.2): round, sample, answers, findings."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fenghuo.kernel.access.scoped import ScopedQuerySet


class RoundState(models.TextChoices):
    DRAFTED = "drafted", pgettext_lazy("check of plans", "drafted")
    DRAWN = "drawn", _("drawn")
    UNDER_WAY = "under_way", pgettext_lazy("check of plans", "under way")
    CLOSED = "closed", pgettext_lazy("check of plans", "closed")


class ItemState(models.TextChoices):
    ASSIGNED = "assigned", _("to be checked")
    CHECKED = "checked", pgettext_lazy("check of plans", "checked")


class Value(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    NA = "na", _("does not apply")


class AnswerState(models.TextChoices):
    """Of the answers to one question one holds at most. What came from elsewhere meanwhile waits to be looked at."""

    HOLDS = "holds", _("holds")
    REPLACED = "replaced", _("replaced")
    CONFLICT = "conflict", _("another answer")
    ASIDE = "aside", _("put aside")


class FindingState(models.TextChoices):
    ISSUED = "issued", _("to be put right")
    TOLD = "told", _("said to be put right")
    SENT_BACK = "sent_back", _("sent back")
    VERIFIED = "verified", _("verified")


class CheckRound(models.Model):
    """One round. Its title is its record's, its organiser its record's unit, its place its record's region.

    `correct_days`: calendar days for putting a finding right, set by the round. `seed`, `digest`: of the draw, see
    docs/algorithms/plan-checks.md; `seed_source`: where the seed comes from, in words. `closing`: why units were left
    unchecked.
    """

    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_plan_check")
    year = models.PositiveSmallIntegerField(_("year"))
    from_day = models.DateField(_("from"))
    to_day = models.DateField(_("to"))
    correct_days = models.PositiveSmallIntegerField(_("days for putting right"), default=30)
    state = models.CharField(_("state"), max_length=16, choices=RoundState, default=RoundState.DRAFTED)
    seed = models.CharField(_("seed"), max_length=100, blank=True)
    seed_source = models.CharField(_("where the seed comes from"), max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    closing = models.TextField(blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_day__gte=models.F("from_day")), name="plan_check_days_in_order"),
            models.CheckConstraint(
                condition=Q(state="drafted", digest="", drawn_at__isnull=True)
                | (~Q(state="drafted") & ~Q(digest="") & ~Q(seed="") & Q(drawn_at__isnull=False)),
                name="plan_check_drawn_has_digest",
            ),
        ]

    def __str__(self) -> str:
        return self.record.title


class CheckShare(models.Model):
    """How many of a kind of unit (word of WHO) are drawn in each town."""

    round = models.ForeignKey(CheckRound, models.CASCADE, related_name="share_rows")
    who = models.CharField(max_length=16)
    many = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "who"], name="plan_check_share_once")]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.who} {self.many}"


class CheckPart(models.Model):
    """A unit that takes part and checks."""

    round = models.ForeignKey(CheckRound, models.CASCADE, related_name="part_rows")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="plan_check_part_once")]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.unit_id}"


class CheckPopulation(models.Model):
    """The list from which was drawn, as it was: see decision.sampling.written."""

    round = models.OneToOneField(CheckRound, models.CASCADE, primary_key=True, related_name="population")
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.round_id)


class CheckQuestion(models.Model):
    """A question as it stood when the round was drawn; later changes of the checklist change nothing here.

    `who`: words of WHO, "" for every kind of unit.
    """

    round = models.ForeignKey(CheckRound, models.CASCADE, related_name="question_rows")
    place = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=48)
    who = models.CharField(max_length=200, blank=True)
    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=200)
    cited = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["round", "question"], name="plan_check_question_once")]

    def __str__(self) -> str:
        return self.question


class CheckItem(models.Model):
    """A unit that was drawn, which is its record's unit. `who`, `town`: its stratum. `checker`: who visits it, and was
    reminded of it last at `reminded_at`.
    """

    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_plan_check_item")
    round = models.ForeignKey(CheckRound, models.PROTECT, related_name="items")
    who = models.CharField(max_length=16)
    town = models.ForeignKey("access.Region", models.PROTECT, null=True, blank=True, related_name="+")
    checker = models.ForeignKey("access.Unit", models.PROTECT, related_name="checks_to_make")
    state = models.CharField(max_length=16, choices=ItemState, default=ItemState.ASSIGNED)
    checked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey("access.Post", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="checked", checked_at__isnull=False) | Q(state="assigned", checked_at__isnull=True),
                name="plan_check_item_checked_when",
            ),
        ]
        indexes = [models.Index(fields=["checker", "state"], name="plan_check_to_make")]

    def __str__(self) -> str:
        return self.record.title


class CheckAnswer(models.Model):
    """An answer as somebody gave it; none is ever overwritten. `key`: its own, so that it counts once however often it
    is sent. `base`: the key of the answer that the giver saw, "" for none. `given_at`: when it was given, on whatever
    telephone; `recorded_at`: when it came in.
    """

    item = models.ForeignKey(CheckItem, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=48)
    value = models.CharField(max_length=8, choices=Value)
    note = models.TextField(blank=True)
    key = models.CharField(max_length=36, unique=True)
    base = models.CharField(max_length=36, blank=True)
    state = models.CharField(max_length=16, choices=AnswerState)
    given_by = models.ForeignKey("access.Post", models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "question"], condition=Q(state="holds"), name="plan_check_one_answer_holds"
            ),
        ]
        indexes = [models.Index(fields=["item", "question", "state"], name="plan_check_answers")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.question}: {self.value}"


class Finding(models.Model):
    """A "no" that the unit has to put right. `note`: what was seen; `correction`: what the unit says it has done, and
    `brought_by` who brought it on paper where the organiser entered it; `remark`: why it was sent back, or what was
    seen when it was verified; `reminded_at`: when the unit was reminded last.
    """

    item = models.ForeignKey(CheckItem, models.CASCADE, related_name="findings")
    question = models.CharField(max_length=48)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=16, choices=FindingState, default=FindingState.ISSUED)
    issued_at = models.DateTimeField()
    due_on = models.DateField()
    correction = models.TextField(blank=True)
    brought_by = models.CharField(max_length=120, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    remark = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "question"], name="plan_finding_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["told", "verified"]) | Q(told_at__isnull=False), name="plan_finding_told_when"
            ),
            models.CheckConstraint(
                condition=Q(state="verified", settled_at__isnull=False)
                | (~Q(state="verified") & Q(settled_at__isnull=True)),
                name="plan_finding_verified_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "item"], name="plan_finding_open")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.question}: {self.state}"
