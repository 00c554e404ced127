"""Joining and separating: which reports, and which other incidents, are the same event. Always undoable."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid, NotFound
from fenghuo.kernel.access.given import AHEAD
from fenghuo.kernel.access.guard import sees
from fenghuo.kernel.access.models import Record, Share

from ..figures import with_merged
from ..models import Incident, IncidentState, Membership, Report, ReportState, Said, Supplement
from ..states import REPORT_STATES
from .verbs import begin, needed, propose_anew, tell


@transaction.atomic
def join_report(incident: Incident, report: Report, *, by: Actor, happened_at: datetime | None = None) -> Incident:
    """This report tells of this incident. Joining it again where it is changes nothing.

    Raises: NotFound, NotAllowed, WrongState, Conflict (it belongs to another incident).
    """
    incident, _state = begin(incident, "join_report", by=by, happened_at=happened_at)
    if admit(incident, report, by=by, at=happened_at or timezone.now()):
        settle_times(incident)
        tell(
            "report_joined",
            incident,
            by,
            others=[report],
            happened_at=happened_at,
            public={"report": report.record.number, "source": report.source},
        )
        propose_anew(incident)
    return incident


@transaction.atomic
def separate_report(
    incident: Incident, report: Report, *, by: Actor, reason: str, happened_at: datetime | None = None
) -> Incident:
    """The report tells of something else after all: it waits again. Its figures no longer count here.

    Raises: NotFound, NotAllowed, WrongState, Invalid (no reason, or it was never joined).
    """
    incident, _state = begin(incident, "separate_report", by=by, happened_at=happened_at)
    reason = needed("reason", reason, _("say why"))
    ids = with_merged(incident)
    standing = Membership.objects.filter(report=report, incident__in=ids, separated_at__isnull=True).first()
    if standing is None:
        raise Invalid(Fault("report", _("does not belong to this incident"), report.pk))
    now = happened_at or timezone.now()
    held = Report.objects.lock(report)
    held.state = REPORT_STATES.check(held.state, "separate")
    held.save(update_fields=["state"])
    Membership.objects.filter(pk=standing.pk).update(separated_at=now)
    Said.objects.filter(incident__in=ids, report=report, withdrawn_at__isnull=True).update(withdrawn_at=now)
    _withdraw_sight(incident, held)
    settle_times(incident)
    tell(
        "report_separated",
        incident,
        by,
        others=[report],
        happened_at=happened_at,
        public={"report": report.record.number},
        private={"reason": reason},
    )
    propose_anew(incident)
    return incident


@transaction.atomic
def join_incident(incident: Incident, other: Incident, *, by: Actor, happened_at: datetime | None = None) -> Incident:
    """`other` is the same event: its reports and figures are shown here, its number leads here.

    Raises: NotFound, NotAllowed, WrongState, Invalid (with itself), Conflict (it was joined elsewhere).
    """
    if incident.pk == other.pk:
        raise Invalid(Fault("incident", _("is this incident itself"), other.record.number))
    # Both are held in the order of their keys, so that two officers joining both ways wait for each other.
    list(Incident.objects.select_for_update().filter(pk__in=sorted((incident.pk, other.pk))).order_by("pk"))
    incident, _state = begin(incident, "join_incident", by=by, happened_at=happened_at)
    _not_mixed(other.record, incident.record)
    other, _other_state = begin(other, "join_incident", by=by)
    now = timezone.now()
    Incident.objects.filter(merged_into=other).update(merged_into=incident)
    other.merged_into, other.state, other.closed_at = incident, IncidentState.CLOSED, happened_at or now
    other.save(update_fields=["merged_into", "state", "closed_at"])
    for share in Share.objects.filter(record_id=other.pk, unit__isnull=False):
        Share.objects.get_or_create(record_id=incident.pk, unit_id=share.unit_id, defaults={"why": share.why})
    settle_times(incident)
    tell(
        "incident_joined",
        incident,
        by,
        others=[other],
        happened_at=happened_at,
        public={"other": other.record.number},
    )
    propose_anew(incident)
    return incident


@transaction.atomic
def separate_incident(
    incident: Incident, other: Incident, *, by: Actor, reason: str, happened_at: datetime | None = None
) -> Incident:
    """They are two events after all: `other` is open again. Answers `other`.

    Raises: NotFound, NotAllowed, WrongState, Invalid (no reason, or it was never joined).
    """
    incident, _state = begin(incident, "separate_incident", by=by, happened_at=happened_at)
    reason = needed("reason", reason, _("say why"))
    other = Incident.objects.select_related("record").lock(other)
    if other.merged_into_id != incident.pk:
        raise Invalid(Fault("incident", _("was not joined to this incident"), other.record.number))
    other.merged_into, other.state, other.closed_at = None, IncidentState.OPEN, None
    other.save(update_fields=["merged_into", "state", "closed_at"])
    settle_times(incident)
    tell(
        "incident_separated",
        incident,
        by,
        others=[other],
        happened_at=happened_at,
        public={"other": other.record.number},
        private={"reason": reason},
    )
    propose_anew(incident)
    propose_anew(other)
    return other


def admit(incident: Incident, report: Report, *, by: Actor, at: datetime) -> bool:
    """Put the report into the incident: state, sight for its sender, figures. False when it is there already.

    Raises: NotFound, WrongState, Conflict.
    """
    if not sees(by, report):
        raise NotFound(_("There is no such report, or you may not see it."))
    held = Report.objects.select_related("record").lock(report)
    _not_mixed(held.record, incident.record)
    if held.state == ReportState.JOINED:
        where = Membership.objects.select_related("incident__record").get(report=report, separated_at__isnull=True)
        if incident.pk in (where.incident_id, where.incident.merged_into_id):
            return False
        number = where.incident.record.number
        raise Conflict(
            _("Report %(report)s belongs to incident %(incident)s. Separate it there first, or join the two incidents.")
            % {"report": held.record.number, "incident": number}
        )
    held.state = REPORT_STATES.check(held.state, "join")
    held.save(update_fields=["state"])
    report.state = held.state
    Membership.objects.create(incident=incident, report=held, joined_at=at)
    if held.sender_id != incident.record.unit_id:
        Share.objects.get_or_create(record_id=incident.pk, unit_id=held.sender_id, defaults={"why": "joined"})
    take_figures(incident, held)
    return True


def _not_mixed(one: Record, other: Record) -> None:
    """Raises: Conflict, when one is of an exercise and the other is real."""
    if one.exercise != other.exercise:
        raise Conflict(_("One is of an exercise and the other is real: they cannot be the same event."))


def take_figures(incident: Incident, report: Report) -> None:
    """What the report and its later facts say of people stands beside what others say, under the report's source."""
    said = [(report.received_at, report.figures)]
    said += [(one.happened_at or one.recorded_at, one.figures) for one in report.supplements.all()]
    rows = [
        Said(
            incident=incident,
            source=report.source,
            as_of=as_of,
            figures=figures,
            report=report,
            recorded_at=timezone.now(),
        )
        for as_of, figures in said
        if figures
    ]
    Said.objects.bulk_create(rows)


def settle_times(incident: Incident) -> None:
    """The anchors are the earliest of all reports that belong here, unless a person has corrected them."""
    if incident.times_corrected:
        return
    ids = with_merged(incident)
    told = list(Report.objects.filter(memberships__incident__in=ids, memberships__separated_at__isnull=True))
    if not told:
        return
    learned = min(min(report.received_at, report.recorded_at) for report in told)
    occurred = min((moment for report in told if (moment := said_to_occur(report)) is not None), default=learned)
    if (occurred, learned) != (incident.occurred_at, incident.learned_at):
        incident.occurred_at, incident.learned_at = occurred, learned
        incident.save(update_fields=["occurred_at", "learned_at"])


def said_to_occur(report: Report) -> datetime | None:
    """When the caller says it happened; a time in the future cannot be meant."""
    said = report.happened_at
    return said if said is not None and said <= report.recorded_at + AHEAD else None


def pass_on(report: Report, supplement: Supplement, *, by: Actor) -> None:
    """Later facts of a call stand in its incident too, whoever sent them; the timeline there says so."""
    rows = Membership.objects.filter(report=report, separated_at__isnull=True)
    member = rows.select_related("incident__record", "incident__merged_into__record").first()
    if member is None:
        return
    incident = member.incident.merged_into or member.incident
    if supplement.figures:
        Said.objects.create(
            incident=member.incident,
            source=report.source,
            as_of=supplement.happened_at or supplement.recorded_at,
            figures=supplement.figures,
            report=report,
            recorded_at=supplement.recorded_at,
        )
    tell(
        "report_supplemented",
        incident,
        by,
        others=[report],
        happened_at=supplement.happened_at,
        public={"report": report.record.number, "source": report.source},
    )
    propose_anew(incident)


def _withdraw_sight(incident: Incident, report: Report) -> None:
    """The sender no longer sees the incident, unless another of its reports still belongs to it."""
    others = Membership.objects.filter(
        incident=incident, report__sender=report.sender_id, separated_at__isnull=True
    ).exists()
    if not others:
        Share.objects.filter(record_id=incident.pk, unit_id=report.sender_id, why="joined").delete()
