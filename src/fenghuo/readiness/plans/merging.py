"""What here points at units, and what becomes of it when two of them are merged."""

from fenghuo.kernel.registry.pointing import moves, stays

stays("made anew of the rules and the plans whenever units are merged", "plans.Duty.unit")
# Whoever is left visits, answers for its findings and takes part; the list that was drawn from stays as it was.
moves("plans.CheckPart.unit", "plans.CheckItem.checker")
stays("the post goes with its person", "plans.CheckItem.checked_by", "plans.CheckAnswer.given_by")
