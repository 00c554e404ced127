from django.db import models


class ReceiptCode(models.Model):
    """The secret in a printed receipt's QR, by which anyone can check it. Only its SHA-256 is kept (decision 10)."""

    digest = models.CharField(max_length=64, primary_key=True)
    submission = models.ForeignKey("submissions.Submission", models.PROTECT, related_name="codes")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.submission_id}"
