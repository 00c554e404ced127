from .areas import draw_area
from .casualties import Person, change_casualty, list_casualty, remove_casualty, show_casualties
from .ending import close_incident, control_incident, reopen_incident
from .figures import choose_figures, set_figures
from .files import attach_file, detach_file
from .grading import change_kind, correct_incident, grade_incident
from .holding import give_back, look, others_looking, take
from .joining import join_incident, join_report, separate_incident, separate_report
from .notes import add_note, note_told
from .opening import open_incident
from .quarantine import quarantine, settle_quarantined
from .receiving import Incoming, OnRecord, Outcome, Received, receive_new_reports, receive_reports
from .responding import set_response
from .settling import dismiss_report, hand_over_report
from .supplements import add_supplement

__all__ = [
    "Incoming",
    "OnRecord",
    "Outcome",
    "Person",
    "Received",
    "add_note",
    "add_supplement",
    "attach_file",
    "change_casualty",
    "change_kind",
    "choose_figures",
    "close_incident",
    "control_incident",
    "correct_incident",
    "detach_file",
    "dismiss_report",
    "draw_area",
    "give_back",
    "grade_incident",
    "hand_over_report",
    "join_incident",
    "join_report",
    "list_casualty",
    "look",
    "note_told",
    "open_incident",
    "others_looking",
    "quarantine",
    "receive_new_reports",
    "receive_reports",
    "remove_casualty",
    "reopen_incident",
    "separate_incident",
    "separate_report",
    "set_figures",
    "set_response",
    "settle_quarantined",
    "show_casualties",
    "take",
]
