"""What here points at units, and what becomes of it when two of them are merged."""

from fenghuo.kernel.registry.pointing import stays

stays("made anew of the rules and the plans whenever units are merged", "plans.Duty.unit")
