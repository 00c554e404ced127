from django.utils.translation import gettext as _

from .telling import Told, sentence


@sentence("journal.private_read", sample={"entry": 7, "reason": "call back"})
def private_read(told: Told) -> str:
    return _("Personal values were read. Reason: %(reason)s") % {"reason": told.said("reason")}
