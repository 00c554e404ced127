from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.journal.naming import name_verbs
from fenghuo.kernel.journal.telling import Told, sentence


@sentence(
    "clock.moved",
    sample={"rule": "R8", "from": "2026-05-12T03:34:00+08:00", "to": "2026-05-12T03:24:00+08:00"},
)
def moved(told: Told) -> str:
    before, after = (timezone.localtime(datetime.fromisoformat(told.said(name))) for name in ("from", "to"))
    return _("Deadline %(rule)s moved from %(before)s to %(after)s") % {
        "rule": told.said("rule"),
        "before": f"{before:%m-%d %H:%M}",
        "after": f"{after:%m-%d %H:%M}",
    }


name_verbs(
    "clock",
    gettext_lazy("Deadlines"),
    {
        "moved": gettext_lazy("moving a deadline"),
    },
)
