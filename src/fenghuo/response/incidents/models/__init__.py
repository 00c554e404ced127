from .quarantine import Quarantined
from .reports import FIGURES, DismissReason, Report, ReportState, Source, Supplement

__all__ = ["FIGURES", "DismissReason", "Quarantined", "Report", "ReportState", "Source", "Supplement"]
