"""Figures by source: each source's newest word on each figure; never added up across sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Coalesce

from .models import Incident, Said

type Number = int | float


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """What one source says now. `times`: since when it says so, by figure; `as_of` the newest of them."""

    source: str
    as_of: datetime
    figures: dict[str, Number]
    times: dict[str, datetime]


def by_source(rows: Iterable[Said]) -> dict[str, SourceFigures]:
    """By source, in the order in which they first spoke. `rows`: those that stand, oldest first.

    A figure that a source left out keeps its older value; one that it calls unknown (null) is unknown again.
    """
    found: dict[str, SourceFigures] = {}
    for row in rows:
        before = found.get(row.source)
        figures, times = (dict(before.figures), dict(before.times)) if before else ({}, {})
        for name, value in row.figures.items():
            if value is None:
                figures.pop(name, None)
                times.pop(name, None)
            else:
                figures[name], times[name] = value, row.as_of
        found[row.source] = SourceFigures(row.source, row.as_of, figures, times)
    return found


def chosen(incident: Incident, sources: dict[str, SourceFigures]) -> SourceFigures | None:
    """The source that a person chose; else the only one; else the one that spoke first and says anything."""
    if incident.figures_source in sources:
        return sources[incident.figures_source]
    return next((source for source in sources.values() if source.figures), None)


def worst(sources: dict[str, SourceFigures]) -> dict[str, Number]:
    """The highest that any source says of each figure: for what has to be ready, never for what is reported."""
    found: dict[str, Number] = {}
    for source in sources.values():
        for name, value in source.figures.items():
            found[name] = max(value, found.get(name, value))
    return found


def with_merged(incident: Incident) -> list[int]:
    """The keys of the incident and of those joined to it."""
    return [incident.pk, *incident.merged.values_list("pk", flat=True)]


def standing(incident: Incident, ids: Sequence[int] = ()) -> list[Said]:
    """The rows that stand, oldest first, also those of incidents joined to it (`ids`, if known: see with_merged)."""
    ids = ids or with_merged(incident)
    return list(Said.objects.filter(incident__in=ids, withdrawn_at__isnull=True).order_by("as_of", "pk"))


def chosen_of(incidents: Iterable[Incident]) -> dict[int, SourceFigures]:
    """Incident key → the figures shown for it, with what incidents joined to it told. 1 query, however many."""
    known = {incident.pk: incident for incident in incidents}
    of_them = Q(incident__in=known) | Q(incident__merged_into__in=known)
    rows = Said.objects.filter(of_them, withdrawn_at__isnull=True).annotate(
        led_by=Coalesce("incident__merged_into_id", "incident_id")
    )
    told: dict[int, list[Said]] = {}
    for row in rows.order_by("as_of", "pk"):
        told.setdefault(row.led_by, []).append(row)
    found = {pk: chosen(known[pk], by_source(said)) for pk, said in told.items() if pk in known}
    return {pk: figures for pk, figures in found.items() if figures is not None}
