"""What here points at people, units and their records, and what becomes of it when two of them are merged."""

from fenghuo.kernel.registry.pointing import stays

stays("what was sent stays as it was", *(f"messaging.Message.{one}" for one in ("person", "unit", "record")))
stays("said of an order, which it answers", "messaging.Incoming.record")
