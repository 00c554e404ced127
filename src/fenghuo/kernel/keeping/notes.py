"""What somebody should know about a backup: stored as `code: detail`, one a line, and said in the reader's language."""

from django.utils.translation import gettext as _


def words(line: str) -> str:
    """A line of Backup.notes as a sentence."""
    code, _colon, detail = line.partition(": ")
    said = {
        "journal": _("The journal was not whole when this was made: %(detail)s"),
        "missing": _("Attachments that were not there: %(detail)s"),
        "damaged": _("Attachments whose bytes have changed, left out: %(detail)s"),
        "tables": _("Tables that belong to no room, left out: %(detail)s"),
        "full": _("No room is left: free some space there (%(detail)s)"),
        "folder": _("The folder could not be used: choose one that Fenghuo may write (%(detail)s)"),
        "database": _("The database could not be read: %(detail)s"),
    }
    return said[code] % {"detail": detail} if code in said else line
