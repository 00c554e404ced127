from .casualties import Casualty, Condition
from .holding import Draft, Holding, Looking
from .incidents import Area, Incident, IncidentState, Level, Membership, Note, ResponseLevel, Said
from .quarantine import Quarantined
from .reports import FIGURES, DismissReason, Report, ReportState, Source, Supplement

__all__ = [
    "FIGURES",
    "Area",
    "Casualty",
    "Condition",
    "DismissReason",
    "Draft",
    "Holding",
    "Incident",
    "IncidentState",
    "Level",
    "Looking",
    "Membership",
    "Note",
    "Quarantined",
    "Report",
    "ReportState",
    "ResponseLevel",
    "Said",
    "Source",
    "Supplement",
]
