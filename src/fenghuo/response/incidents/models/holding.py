"""Who has it: which officer deals with a call or incident, and who else has it open."""

from django.db import models


class Holding(models.Model):
    """One officer holds the record until it is taken over or given back."""

    record = models.OneToOneField("access.Record", models.PROTECT, related_name="held")
    post = models.ForeignKey("access.Post", models.PROTECT, related_name="+")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.record_id} ← {self.post_id}"


class Looking(models.Model):
    """A page that is open; forgotten when it has not been heard of for a minute. Not journalled: it changes nothing."""

    record = models.ForeignKey("access.Record", models.PROTECT, related_name="+")
    post = models.ForeignKey("access.Post", models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "post"], name="looking_once")]

    def __str__(self) -> str:
        return f"{self.record_id} ? {self.post_id}"


class Draft(models.Model):
    """What an officer has typed of a call that is not on record yet; gone as soon as it is, or is thrown away."""

    post = models.ForeignKey("access.Post", models.PROTECT, related_name="+")
    key = models.CharField(max_length=64, unique=True, help_text="becomes the report's own number")
    content = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
