from .incidents import Changed, changes, incident, incident_itself, incidents, incidents_of, open_incidents, reports_of
from .reports import all_figures, quarantined, report, reports, waiting

__all__ = [
    "Changed",
    "all_figures",
    "changes",
    "incident",
    "incident_itself",
    "incidents",
    "incidents_of",
    "open_incidents",
    "quarantined",
    "report",
    "reports",
    "reports_of",
    "waiting",
]
