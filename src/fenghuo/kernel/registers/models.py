"""What people set up for themselves in registers, and the workbooks that they bring."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """Filters, order and columns of a list under a name, for one person. `query`: the address behind the list's."""

    person = models.ForeignKey("access.Person", models.CASCADE, related_name="+")
    register = models.CharField(max_length=32)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["person", "register", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name


class ImportState(models.TextChoices):
    READING = "reading", _("being read")
    CHECKED = "checked", _("checked, nothing stored yet")
    APPLYING = "applying", _("going in")
    DONE = "done", _("gone in")
    REFUSED = "refused", _("cannot be read")
    CLOSED = "closed", _("closed, the file is deleted")


class Import(models.Model):
    """A workbook that somebody brought for a register. It is theirs alone, and goes after some days.

    `round`: counts the readings of the file; the rows are those of the last. `claimed_at`: when one began that has not
    ended. `counts`: what the reading found. `headings`: what each column was taken for. `fixed`: column → what holds
    for all rows. `problems`: what is wrong with the file as a whole. `key`, `digest`: of a machine's request.
    """

    register = models.CharField(max_length=32)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    person = models.ForeignKey("access.Person", models.CASCADE, null=True, blank=True, related_name="+")
    post = models.ForeignKey("access.Post", models.CASCADE, null=True, blank=True, related_name="+")
    token = models.ForeignKey("access.Token", models.CASCADE, null=True, blank=True, related_name="+")
    label = models.CharField(max_length=200)
    name = models.CharField(_("file name"), max_length=200)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=ImportState)
    round = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    brought_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    headings = models.JSONField(default=list)
    fixed = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    key = models.CharField(max_length=128, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["token", "key"], condition=~models.Q(key=""), name="import_once_for_its_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register}: {self.pk}"


class ImportRow(models.Model):
    """A row that is new, changed or wrong; those that change nothing are only counted.

    `values`: column → text that its kind reads, empty once they are stored. `target`, `version`: the row that it
    changes, as it was when the file was read; `record`: of that row. `problems`: what is wrong, cell by cell.
    """

    class Kind(models.TextChoices):
        NEW = "new"
        CHANGED = "changed"
        WRONG = "wrong"

    class State(models.TextChoices):
        WAITING = "waiting"
        STORED = "stored"
        REFUSED = "refused"

    of = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    round = models.PositiveIntegerField()
    sheet = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    target = models.BigIntegerField(null=True, blank=True)
    record = models.BigIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(null=True, blank=True)
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["of", "round", "kind", "state"], name="import_rows")]

    def __str__(self) -> str:
        return f"{self.of_id}: {self.number}"


class ColumnMeaning(models.Model):
    """What a unit has said that a heading means in its workbooks. `column` "": nothing, leave it out."""

    unit = models.ForeignKey("access.Unit", models.CASCADE, related_name="+")
    register = models.CharField(max_length=32)
    heading = models.CharField(max_length=200)
    column = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "register", "heading"], name="meaning_once")]

    def __str__(self) -> str:
        return self.heading
