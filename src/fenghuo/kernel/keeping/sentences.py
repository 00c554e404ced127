from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.journal.telling import Told, sentence

from .notes import words

NAMED = {"backup": 1, "name": "fenghuo-20260512-033000.zip"}


@sentence(
    "backup.made",
    sample=NAMED | {"bytes": 2_000_000, "position": 7, "journal_ok": True, "keep_until": "2026-06-11", "sha256": "00"},
)
def made(told: Told) -> str:
    said = {"name": told.said("name"), "size": filesizeformat(told.public["bytes"]), "day": told.said("keep_until")}
    if told.public["journal_ok"]:
        return _("Backup %(name)s was made (%(size)s, kept until %(day)s)") % said
    return _("Backup %(name)s was made (%(size)s, kept until %(day)s); the journal was not whole") % said


@sentence("backup.failed", sample=NAMED | {"why": "full: /var/lib/fenghuo/backups"})
def failed(told: Told) -> str:
    return _("Backup %(name)s was not made: %(why)s") % {"name": told.said("name"), "why": words(told.said("why"))}


@sentence("backup.removed", sample=NAMED | {"reason": "expired"})
def removed(told: Told) -> str:
    reason = _("it had expired") if told.said("reason") == "expired" else told.said("reason")
    return _("Backup %(name)s was deleted: %(reason)s") % {"name": told.said("name"), "reason": reason}


@sentence(
    "backup.restored",
    sample={
        "name": NAMED["name"],
        "made_at": "2026-05-11T19:30:00.000000Z",
        "sha256": "00",
        "position": 7,
        "aside": "fenghuo-before-20260512-091500.sqlite3",
    },
)
def restored(told: Told) -> str:
    at = timezone.localtime(datetime.fromisoformat(told.said("made_at")))
    said = {"name": told.said("name"), "at": f"{at:%Y-%m-%d %H:%M}", "aside": told.said("aside")}
    if said["aside"]:
        return _("Restored from %(name)s, the state of %(at)s; what was here before lies in %(aside)s") % said
    return _("Restored from %(name)s, the state of %(at)s") % said
