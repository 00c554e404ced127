"""What here points at people, units and their records, and what becomes of it when two of them are merged."""

from fenghuo.kernel.registry.pointing import moves, stays

moves(
    *("registers.SavedView.person", "registers.ColumnMeaning.unit"),
    *("registers.Import.person", "registers.Import.unit"),
)
stays("a post goes over with its holder", "registers.Import.post")
