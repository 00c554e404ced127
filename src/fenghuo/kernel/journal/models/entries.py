"""What happened, who did it and what it was about. These tables only ever grow."""

from django.db import models


class Entry(models.Model):
    """One thing done. `text` is the sealed form; the columns repeat it for queries and verify compares them.

    `happened_at` is when people say it happened, `recorded_at` when it was entered.
    """

    verb = models.CharField(max_length=64)
    post = models.ForeignKey("access.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    token = models.ForeignKey("access.Token", models.PROTECT, null=True, related_name="+")
    actor_label = models.CharField(max_length=200)
    address = models.CharField(max_length=64, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_index=True)
    text = models.TextField()

    class Meta:
        # Each begins with what auditors ask for and ends with the order in which they read (searching).
        indexes = [
            models.Index(fields=["verb", "recorded_at"], name="entry_verb_recorded"),
            models.Index(fields=["unit", "recorded_at"], name="entry_unit_recorded"),
            models.Index(fields=["post", "recorded_at"], name="entry_post_recorded"),
            models.Index(fields=["happened_at"], name="entry_happened"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.verb}"


class EntryAbout(models.Model):
    """A record that an entry is about; place 0 is its subject."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="about", db_index=False)
    record = models.ForeignKey("access.Record", models.PROTECT, related_name="entry_rows")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "place"], name="entry_about_place")]

    def __str__(self) -> str:
        return f"{self.entry_id}.{self.place}: {self.record_id}"


class Private(models.Model):
    """The personal part of an entry. The sealed text holds only SHA-256(salt + value), so this can be destroyed."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="private")
    value = models.TextField()
    salt = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.entry_id} (private)"
