"""What here points at people, units and their records, and what becomes of it when two of them are merged."""

from fenghuo.kernel.registry.pointing import stays

stays(
    "who held, drafted and confirmed is history", *(f"destruction.{one}" for one in ("Hold.held_by", "Hold.lifted_by"))
)
stays("who drafted and confirmed is history", "destruction.Order.drafted_by", "destruction.Order.confirmed_by")
stays("said of that very record by an order", "destruction.Hold.target", "destruction.Item.target")
