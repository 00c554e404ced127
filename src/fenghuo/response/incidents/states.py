from fenghuo.kernel.access.transitions import Transitions

from .models import ReportState

REPORT_STATES = Transitions(
    (ReportState.NEW, "dismiss", ReportState.DISMISSED),
    (ReportState.NEW, "hand_over", ReportState.HANDED_OVER),
)
