"""What here points at people, units and their records, and what becomes of it when two of them are merged."""

from fenghuo.kernel.registry.pointing import stays

stays("a post goes over with its holder, and who stands in for it with the post", "organisations.StandIn.post")
stays("a post goes over with its holder, and who stands in for it with the post", "organisations.StandIn.deputy")
