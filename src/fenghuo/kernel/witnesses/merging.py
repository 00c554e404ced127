"""What here points at people, units and their records, and what becomes of it when two of them are merged."""

from fenghuo.kernel.registry.pointing import stays

stays("who kept a root is history", "witnesses.KeptRoot.unit")
