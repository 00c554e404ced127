"""Figures of an incident: each source's word is kept, one source is chosen."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.given import not_ahead
from fenghuo.kernel.journal.canonical import exact

from ..figures import Number, by_source, standing
from ..models import Incident, Said
from .verbs import begin, needed, propose_anew, tell


@transaction.atomic
def set_figures(
    incident: Incident,
    *,
    by: Actor,
    source: str,
    as_of: datetime,
    figures: Mapping[str, Number | None],
    happened_at: datetime | None = None,
) -> Incident:
    """What `source` says at `as_of`. An absent figure keeps its older value, null makes it unknown again.

    Raises: NotFound, NotAllowed, WrongState, Invalid.
    """
    incident, _state = begin(incident, "set_figures", by=by, happened_at=happened_at)
    source = needed("source", source, _("say who gives these figures"))[:40]
    not_ahead("as_of", as_of)
    if not figures:
        raise Invalid(Fault("figures", _("give at least one figure"), {}))
    Said.objects.create(
        incident=incident, source=source, as_of=as_of, figures=dict(figures), recorded_at=timezone.now()
    )
    if not incident.figures_source:
        _choose_first(incident)
    tell(
        "figures_set",
        incident,
        by,
        happened_at=happened_at or as_of,
        public={
            "source": source,
            "as_of": as_of.isoformat(),
            "figures": exact(figures),
        },
    )
    propose_anew(incident)
    return incident


@transaction.atomic
def choose_figures(incident: Incident, *, by: Actor, source: str, happened_at: datetime | None = None) -> Incident:
    """From now on this source's figures are shown as the incident's; the others stay beside them.

    Raises: NotFound, NotAllowed, WrongState, Invalid (nobody of this name has given figures).
    """
    incident, _state = begin(incident, "choose_figures", by=by, happened_at=happened_at)
    sources = by_source(standing(incident))
    if source not in sources:
        known = " ".join(sources) or "–"
        raise Invalid(Fault("source", _("has given no figures; those who have: %(known)s") % {"known": known}, source))
    incident.figures_source = source
    incident.save(update_fields=["figures_source"])
    tell("figures_chosen", incident, by, happened_at=happened_at, public={"source": source})
    propose_anew(incident)
    return incident


def _choose_first(incident: Incident) -> None:
    """The first source that says anything stays the one shown until a person chooses another."""
    sources = by_source(standing(incident))
    first = next((source.source for source in sources.values() if source.figures), "")
    if first:
        incident.figures_source = first
        incident.save(update_fields=["figures_source"])
