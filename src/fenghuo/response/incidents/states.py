from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.transitions import Transitions

from .models import IncidentState, ReportState

REPORT_STATES = Transitions(
    (ReportState.NEW, "dismiss", ReportState.DISMISSED),
    (ReportState.NEW, "hand_over", ReportState.HANDED_OVER),
    (ReportState.NEW, "join", ReportState.JOINED),
    # What was put aside may turn out to be true after all.
    (ReportState.DISMISSED, "join", ReportState.JOINED),
    (ReportState.HANDED_OVER, "join", ReportState.JOINED),
    (ReportState.JOINED, "separate", ReportState.NEW),
    words={
        **dict(ReportState.choices),
        "dismiss": _("Put aside"),
        "hand_over": _("Hand over"),
        "join": _("Join"),
        "separate": _("Separate"),
    },
)

_WHILE_OPEN = (
    *("join_report", "separate_report", "join_incident", "separate_incident", "grade", "change_kind", "correct"),
    *("set_figures", "choose_figures", "draw_area", "set_response", "tell", "list_casualty"),
    *("note", "attach", "detach"),
)

INCIDENT_STATES = Transitions(
    *((state, verb, state) for state in (IncidentState.OPEN, IncidentState.CONTROLLED) for verb in _WHILE_OPEN),
    (IncidentState.OPEN, "control", IncidentState.CONTROLLED),
    (IncidentState.OPEN, "close", IncidentState.CLOSED),
    (IncidentState.CONTROLLED, "close", IncidentState.CLOSED),
    (IncidentState.CONTROLLED, "reopen", IncidentState.OPEN),
    (IncidentState.CLOSED, "reopen", IncidentState.OPEN),
    # Pictures and words come in for weeks.
    *((IncidentState.CLOSED, verb, IncidentState.CLOSED) for verb in ("note", "attach", "detach")),
    words={
        **dict(IncidentState.choices),
        "join_report": _("Join a report"),
        "separate_report": _("Separate a report"),
        "join_incident": _("Join an incident"),
        "separate_incident": _("Separate an incident"),
        "grade": _("Set the level"),
        "change_kind": _("Change the kind"),
        "correct": _("Correct times or title"),
        "set_figures": _("Update figures"),
        "choose_figures": _("Choose figures"),
        "draw_area": _("Draw an area"),
        "set_response": _("Change the response"),
        "tell": _("Told"),
        "list_casualty": _("Change the list of casualties"),
        "note": _("Note"),
        "attach": _("Attach a file"),
        "detach": _("Take off a file"),
        "control": _("Under control"),
        "close": _("Close"),
        "reopen": _("Open again"),
    },
)
