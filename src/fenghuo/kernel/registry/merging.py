"""What points at people, units and posts in the rooms up to this one, and what becomes of it in a merge."""

from .pointing import moves, stays

moves(
    "access.Post.person",
    "access.Post.unit",
    "access.Record.unit",
    "access.Share.person",
    "access.Share.unit",
    "access.Share.record",
    "access.RecordSubject.record",
    "access.Token.unit",
    "access.Line.unit",
    "access.Supervision.unit",
    "access.Supervision.department",
    "access.Unit.successor",
    "access.Account.person",
    "registry.Name.record",
)
stays("the journal is history", "journal.Entry.post", "journal.Entry.unit", "journal.EntryAbout.record")
stays("what was merged and separated is history", "registry.Merged.kept", "registry.Merged.gone")
stays("said of these two rows", "registry.NotSame.one", "registry.NotSame.other")
