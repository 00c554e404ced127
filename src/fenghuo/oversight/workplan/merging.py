"""What here points at units, and what becomes of it when two of them are merged."""

from fenghuo.kernel.registry.pointing import moves

# Whoever is left owes what both owed, and leads what either led.
moves("workplan.TargetUnit.unit")
moves("workplan.Letter.to")
moves("workplan.Reminder.unit")
