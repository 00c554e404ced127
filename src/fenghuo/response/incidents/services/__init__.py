from .quarantine import quarantine, settle_quarantined
from .receiving import Incoming, OnRecord, Outcome, Received, receive_new_reports, receive_reports
from .settling import dismiss_report, hand_over_report
from .supplements import add_supplement

__all__ = [
    "Incoming",
    "OnRecord",
    "Outcome",
    "Received",
    "add_supplement",
    "dismiss_report",
    "hand_over_report",
    "quarantine",
    "receive_new_reports",
    "receive_reports",
    "settle_quarantined",
]
