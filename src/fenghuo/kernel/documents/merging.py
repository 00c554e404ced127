"""What here points at people, units and their records, and what becomes of it when two of them are merged."""

from fenghuo.kernel.registry.pointing import moves

moves("documents.Attachment.record", "documents.Upload.record", "documents.Upload.person")
