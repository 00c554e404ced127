from django.db import models


class Answered(models.Model):
    """The stored answer to a machine's request: the same key and content get it again, byte for byte."""

    token = models.ForeignKey("access.Token", models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=128)
    digest = models.CharField(max_length=64)
    record = models.ForeignKey("access.Record", models.PROTECT, null=True, related_name="+")
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="answered_once")]

    def __str__(self) -> str:
        return f"{self.token_id} {self.key}"
