from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .naming import name_verbs
from .telling import Told, sentence


@sentence("journal.private_read", sample={"entry": 7, "reason": "call back"})
def private_read(told: Told) -> str:
    return _("Personal values were read. Reason: %(reason)s") % {"reason": told.said("reason")}


@sentence("journal.exported", sample={"entries": 1200, "first": 3, "last": 4711})
def exported(told: Told) -> str:
    return _("%(entries)s entries of the journal were exported (positions %(first)s to %(last)s)") % {
        "entries": told.said("entries"),
        "first": told.said("first") or "–",
        "last": told.said("last") or "–",
    }


name_verbs(
    "journal",
    gettext_lazy("Journal"),
    {
        "private_read": gettext_lazy("reading personal values"),
        "exported": gettext_lazy("export of the journal"),
    },
)
