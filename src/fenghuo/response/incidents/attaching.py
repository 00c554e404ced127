"""Files of reports and incidents, by the room's own verbs; an incident's list shows those of its reports too."""

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.documents.holding import holds_files
from fenghuo.kernel.documents.models import Attachment
from fenghuo.kernel.documents.services import Staged

from . import selectors
from .models import Incident, Report
from .services import attach_file, detach_file


def _subject(pk: int, by: Actor) -> Report | Incident:
    """Raises: NotFound."""
    if Report.objects.filter(pk=pk).exists():
        return selectors.report(by, pk)
    return selectors.incident_by_key(by, pk)


def _attach(pk: int, staged: Staged, by: Actor, note: str) -> Attachment:
    return attach_file(_subject(pk, by), staged, by=by, note=note)


def _detach(pk: int, file: int, by: Actor, reason: str) -> Attachment:
    return detach_file(_subject(pk, by), file, by=by, reason=reason)


def _listed(pk: int, actor: Actor) -> list[Attachment]:
    return selectors.files_of(_subject(pk, actor), actor)


for kind, write in (("report", "reports.receive"), ("incident", "incidents.write")):
    holds_files(kind, write=write, attach=_attach, detach=_detach, listed=_listed, positions=True)
