"""Which journal verbs start, meet and end the clocks of reports and incidents."""

from datetime import datetime
from decimal import Decimal

from fenghuo.decision.grading import Grade
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.clocks.desks import answered_by_the_desk
from fenghuo.kernel.clocks.services import end, go_on, meet, settle, start_for_many
from fenghuo.kernel.journal.listeners import Noted, on
from fenghuo.standards.deadlines import Facts

from .figures import SourceFigures, by_source, chosen, standing
from .models import Incident
from .proposing import propose

CLOSED, TAKEN_IN, SETTLED, MERGED = "closed", "taken_in", "settled", "merged"

answered_by_the_desk("report")


@on("report.received")
def report_received(notes: list[Noted]) -> None:
    """`happened_at` of this entry is when the call came in."""
    start_for_many("report", [(note.about[0], note.entry, note.happened_at) for note in notes])


@on("report.dismissed")
@on("report.handed_over")
def report_settled(notes: list[Noted]) -> None:
    for note in notes:
        end([note.about[0]], note.happened_at, SETTLED)


@on("incident.opened")
@on("incident.report_joined")
def taken_in(notes: list[Noted]) -> None:
    """What the calls had running goes on with the incident, from the first anchor."""
    for note in notes:
        reports = Record.objects.filter(pk__in=note.about[1:], kind="report").values_list("pk", flat=True)
        end(reports, note.happened_at, TAKEN_IN)


@on("incident.report_separated")
def separated(notes: list[Noted]) -> None:
    for note in notes:
        for report in note.about[1:]:
            go_on(report, TAKEN_IN)


@on("incident.opened")
@on("incident.report_joined")
@on("incident.report_separated")
@on("incident.report_supplemented")
@on("incident.incident_joined")
@on("incident.incident_separated")
@on("incident.graded")
@on("incident.kind_changed")
@on("incident.figures_set")
@on("incident.figures_chosen")
@on("incident.corrected")
def facts_changed(notes: list[Noted]) -> None:
    """Each of these comes before the proposal is made anew, and `facts_of` makes its own: once is enough."""
    for note in notes:
        incident = Incident.objects.get(pk=note.about[0])
        settle(incident.pk, "incident", facts_of(incident), anchors_of(incident), note.entry)


@on("incident.told")
def told(notes: list[Noted]) -> None:
    for note in notes:
        meet(note.about[0], note.public["rules"], note.happened_at, note.entry)


@on("incident.closed")
@on("incident.controlled")
def ended(notes: list[Noted]) -> None:
    """Follow-ups are due until the rescue ends; what had to be told once still has to be."""
    for note in notes:
        end([note.about[0]], note.happened_at, CLOSED, repeating_only=True)


@on("incident.reopened")
def reopened(notes: list[Noted]) -> None:
    for note in notes:
        go_on(note.about[0], CLOSED)


@on("incident.incident_joined")
def merged(notes: list[Noted]) -> None:
    for note in notes:
        end(note.about[1:2], note.happened_at, MERGED)


@on("incident.incident_separated")
def unmerged(notes: list[Noted]) -> None:
    for note in notes:
        go_on(note.about[1], MERGED)


def anchors_of(incident: Incident) -> dict[str, datetime]:
    return {"learned": incident.learned_at, "occurred": incident.occurred_at}


def facts_of(incident: Incident) -> Facts:
    figures = chosen(incident, by_source(standing(incident)))
    return facts_from(incident, figures, propose(incident, figures))


def facts_from(incident: Incident, figures: SourceFigures | None, proposal: Grade | None) -> Facts:
    """The confirmed level, until then the proposed one: nobody may miss a deadline because nobody confirmed."""
    flagged = incident.sensitive_confirmed
    proposed = proposal.level if proposal else None
    return Facts(
        kind=incident.kind,
        level=incident.level if incident.graded_at is not None else proposed,
        sensitive=bool(incident.sensitive) if flagged is None else flagged,
        near_miss=bool(proposal and proposal.near_miss),
        figures={name: Decimal(str(value)) for name, value in figures.figures.items()} if figures else {},
    )
