from .casualties import casualties_of
from .files import files_of
from .incidents import (
    Changed,
    Led,
    changes,
    incident,
    incident_by_key,
    incident_itself,
    incident_led,
    incidents,
    incidents_of,
    open_incidents,
    reports_of,
)
from .reports import all_figures, quarantined, quarantined_message, report, reports, waiting

__all__ = [
    "Changed",
    "Led",
    "all_figures",
    "casualties_of",
    "changes",
    "files_of",
    "incident",
    "incident_by_key",
    "incident_itself",
    "incident_led",
    "incidents",
    "incidents_of",
    "open_incidents",
    "quarantined",
    "quarantined_message",
    "report",
    "reports",
    "reports_of",
    "waiting",
]
