"""The proposed level of an incident: what `decision.grading` says of the figures chosen."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.utils import timezone

from fenghuo.decision.grading import Grade, grade
from fenghuo.standards.kinds import KINDS
from fenghuo.standards.thresholds import thresholds_for

from .figures import Number, SourceFigures
from .models import Incident


def propose(incident: Incident, figures: SourceFigures | None) -> Grade | None:
    """The proposal, or None while the kind is unknown."""
    return propose_for(incident.kind, figures.figures if figures else {}, timezone.localdate(incident.occurred_at))


def propose_for(kind: str, figures: Mapping[str, Number], day: date) -> Grade | None:
    if kind not in KINDS:
        return None
    return grade(kind, figures, thresholds_for(kind, own=settings.OWN_THRESHOLDS), day)


def louder(incident: Incident, sources: dict[str, SourceFigures], proposal: Grade | None) -> list[tuple[str, int]]:
    """Sources whose figures would mean a higher level than those chosen: (source, level)."""
    level = (proposal.level if proposal else None) or 5
    found = []
    for source in sources.values():
        other = propose(incident, source)
        if other and other.level is not None and other.level < level:
            found.append((source.source, other.level))
    return found
