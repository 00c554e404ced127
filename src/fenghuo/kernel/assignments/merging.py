"""What here points at people, units and their records, and what becomes of it when two of them are merged."""

from fenghuo.kernel.registry.pointing import moves, stays

moves("assignments.Assignment.issuer", "assignments.Assignment.to", "assignments.Assignment.about")
moves("assignments.Step.person", "assignments.Link.person")
stays("the post goes with its person", "assignments.Assignment.issued_by")
