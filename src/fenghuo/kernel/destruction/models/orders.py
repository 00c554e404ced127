"""A destruction order (销毁令): who orders, why, on which basis, which records; and how far it has been carried out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.scoped import ScopedQuerySet


class OrderState(models.TextChoices):
    PREPARING = "preparing", _("being drawn up")
    DRAFTED = "drafted", _("waits for confirmation")
    RUNNING = "running", _("being carried out")
    DONE = "done", _("carried out")
    CANCELLED = "cancelled", _("cancelled")


class Order(models.Model):
    """`no` is its number for people and for the journal. `rule`: the retention rule that made it, "" for people's.

    `removed`: what went, counted by thing. `backups`: those that still held it at its end, with the day they expire.
    `scrubbed_at`: when the database let go of the space in which the values had stood.
    """

    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_destruction")
    no = models.PositiveIntegerField(_("number"), unique=True)
    state = models.CharField(_("state"), max_length=12, choices=OrderState, default=OrderState.PREPARING)
    basis = models.CharField(_("legal basis"), max_length=16)
    basis_text = models.CharField(_("basis in words"), max_length=300, blank=True)
    reason = models.TextField(_("reason"))
    rule = models.CharField(max_length=32, blank=True)
    drafted_by = models.ForeignKey("access.Post", models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("access.Post", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    removed = models.JSONField(default=dict)
    backups = models.JSONField(default=list)
    scrubbed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "no"], name="destruction_state_no"),
        ]

    def __str__(self) -> str:
        return str(self.no)


class ItemState(models.TextChoices):
    WAITING = "waiting", _("waits for its turn")
    DONE = "done", _("destroyed")
    LEFT = "left", _("left as it is")


class Item(models.Model):
    """One record of an order. `named`: the order names it; else it goes because it belongs to one that is named.

    `why`: why it was left, a room's reason or "cancelled".
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="items")
    target = models.ForeignKey("access.Record", models.PROTECT, related_name="destruction_items")
    named = models.BooleanField(default=True)
    state = models.CharField(max_length=8, choices=ItemState, default=ItemState.WAITING)
    why = models.CharField(max_length=32, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "target"], name="destruction_item_once")]
        indexes = [models.Index(fields=["order", "state", "id"], name="destruction_item_state")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.target_id}"
