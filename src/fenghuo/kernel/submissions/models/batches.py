"""Papers that somebody accepts together: what becomes of each, to be found again while it goes on and afterwards."""

from django.db import models


class Batch(models.Model):
    """One act of accepting many. Theirs alone who asked; it goes after some days. `ended_at` None: it goes on."""

    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    post = models.ForeignKey("access.Post", models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["id"], condition=models.Q(ended_at=None), name="batch_open")]

    def __str__(self) -> str:
        return str(self.pk)


class BatchItem(models.Model):
    """One paper of it. `done_at` None: its turn has not come. `why`: it was not accepted."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    submission = models.ForeignKey("submissions.Submission", models.CASCADE, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "submission"], name="batch_once_each")]
        indexes = [models.Index(fields=["batch"], condition=models.Q(done_at=None), name="batch_waiting")]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.submission_id}"
