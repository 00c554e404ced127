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
)

_WHILE_OPEN = (
    *("join_report", "separate_report", "join_incident", "separate_incident", "grade", "change_kind", "correct"),
    *("set_figures", "choose_figures", "draw_area", "set_response", "tell", "list_casualty", "note"),
)

INCIDENT_STATES = Transitions(
    *((state, verb, state) for state in (IncidentState.OPEN, IncidentState.CONTROLLED) for verb in _WHILE_OPEN),
    (IncidentState.OPEN, "control", IncidentState.CONTROLLED),
    (IncidentState.OPEN, "close", IncidentState.CLOSED),
    (IncidentState.CONTROLLED, "close", IncidentState.CLOSED),
    (IncidentState.CONTROLLED, "reopen", IncidentState.OPEN),
    (IncidentState.CLOSED, "reopen", IncidentState.OPEN),
    (IncidentState.CLOSED, "note", IncidentState.CLOSED),
)
