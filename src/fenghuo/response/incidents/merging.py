"""What here points at people, units and their records, and what becomes of it when two of them are merged."""

from fenghuo.kernel.registry.pointing import moves, stays

moves("incidents.Report.sender")
stays("the post goes with its person", "incidents.Holding.post", "incidents.Looking.post", "incidents.Draft.post")
stays("said of an incident or a report", "incidents.Looking.record", "incidents.Holding.record")
