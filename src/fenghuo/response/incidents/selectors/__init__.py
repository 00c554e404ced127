from .incidents import Changed, changes, incident, incidents, reports_of
from .reports import all_figures, quarantined, report, reports, waiting

__all__ = [
    "Changed",
    "all_figures",
    "changes",
    "incident",
    "incidents",
    "quarantined",
    "report",
    "reports",
    "reports_of",
    "waiting",
]
