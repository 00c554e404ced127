"""A clock: a rule's deadline that runs for one record. And what is entered here: own rules, the year's days off."""

from django.db import models
from django.db.models import F, Q

from .lateness import LateWhy


class Clock(models.Model):
    """Started from an anchor, so that it may be born late. What the rule said then is kept, whatever it says later.

    `turn` counts the rounds of a rule that repeats. `met_at` is when the duty was done, as people say;
    `ended_at` when it ceased without being done, and `ended_why` says why.
    `version` names the wording of the rule that it lives under (`Deadline.version`).
    `missing_year`: a table of days off that is not here yet; `due_at` is then the earliest moment it can be due,
    and nothing is late by it (decision 13). While `paused_at` stands, it does not run and `due_at` is not kept up.
    """

    record = models.ForeignKey("access.Record", models.PROTECT, related_name="clocks", db_index=False)
    rule = models.CharField(max_length=32)
    version = models.CharField(max_length=32, blank=True)
    turn = models.PositiveIntegerField(default=0)
    anchor = models.CharField(max_length=16)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    missing_year = models.PositiveSmallIntegerField(null=True, blank=True)
    way = models.CharField(max_length=16, blank=True)
    window = models.BooleanField(default=False)
    source = models.CharField(max_length=16)
    article = models.CharField(max_length=32, blank=True)
    certainty = models.CharField(max_length=1)
    entry = models.ForeignKey(
        "journal.Entry", models.PROTECT, related_name="+", db_index=False, help_text="which started it"
    )
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey("journal.Entry", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=32, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    extension = models.CharField(max_length=8, blank=True, help_text="a span as in the rules: 60d")
    # For the tick (planning.py): when it has to look next, up to which step people were told, since when it stands on
    # record as late; and when the reason for that was given.
    next_at = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)
    late_noted_at = models.DateTimeField(null=True, blank=True)
    reasoned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "rule", "turn"], name="clock_once")]
        indexes = [
            models.Index(fields=["next_at", "id"], name="clock_next", condition=Q(next_at__isnull=False)),
            models.Index(
                fields=["record"],
                name="clock_reason_asked",
                condition=Q(late_noted_at__isnull=False, reasoned_at__isnull=True),
            ),
            models.Index(
                fields=["due_at"],
                name="clock_running",
                condition=Q(met_at__isnull=True, ended_at__isnull=True, window=False),
            ),
            models.Index(
                fields=["missing_year"],
                name="clock_missing_year",
                condition=Q(met_at__isnull=True, ended_at__isnull=True, missing_year__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.rule}"


class Pause(models.Model):
    """A time that does not count. Open while `until` is empty. The reason stands in the journal, with the entry."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="pauses")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    entry = models.ForeignKey("journal.Entry", models.PROTECT, related_name="+")
    resumed_by = models.ForeignKey("journal.Entry", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock"], condition=Q(until__isnull=True), name="pause_one_open"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="pause_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.since:%Y-%m-%d %H:%M}"


class OwnRule(models.Model):
    """A row that the county set itself (本县设定), in the columns of deadlines.csv; it goes before the shipped ones.

    What it said before is in the journal. `withdrawn_at`: it no longer counts; it is never deleted.
    """

    rule = models.CharField(max_length=32)
    region_code = models.CharField(max_length=12, blank=True)
    in_force_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    columns = models.JSONField()
    source = models.CharField(max_length=200, help_text="the paper it was decided by")
    decided_on = models.DateField()
    entry = models.ForeignKey("journal.Entry", models.PROTECT, related_name="+", help_text="which set it last")
    set_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["rule", "region_code", "in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "region_code", "in_force_from"],
                condition=Q(withdrawn_at__isnull=True),
                name="own_rule_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("in_force_from")), name="own_rule_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.in_force_from}"


class DaysOff(models.Model):
    """The State Council's table for one year, read from its notice; it goes before the shipped one of that year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    notice = models.TextField(help_text="as it was pasted")
    number = models.CharField(max_length=64, blank=True)
    entry = models.ForeignKey("journal.Entry", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.year)


class Revision(models.Model):
    """One row: the mark that the last change of own rules and tables left; processes read anew when it is another."""

    mark = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.mark


class Telling(models.Model):
    """That somebody was told of a clock, by which message; several clocks may be gathered in one."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="tellings")
    message = models.ForeignKey("messaging.Message", models.PROTECT, related_name="clock_tellings")
    kind = models.CharField(max_length=8, help_text="before, at, after; see notice_steps")
    late = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.clock_id} {self.kind}"


class LateReason(models.Model):
    """Why a duty was late, in the words of those whose it was. What was said before is in the journal."""

    clock = models.OneToOneField(Clock, models.PROTECT, primary_key=True, related_name="late_reason")
    why = models.CharField(max_length=16, choices=LateWhy)
    text = models.TextField(help_text="personal: kept apart from the sealed text")
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=200, help_text="unit and post, never a name")
    entry = models.ForeignKey("journal.Entry", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.clock_id} {self.why}"
