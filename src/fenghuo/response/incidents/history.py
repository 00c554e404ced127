"""What an incident's history says beyond the sentences: the text of notes, which may be personal and is kept apart."""

from fenghuo.kernel.web.history import tells_more

tells_more("incident.noted", "incident_note", "text")
