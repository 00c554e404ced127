from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.journal.telling import Told, sentence

from .lateness import LateWhy
from .selectors import duty_said


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


@sentence("clock.late", sample={"rule": "R8", "turn": 0, "due": "2026-05-12T03:34:00+08:00"})
def late(told: Told) -> str:
    what, receiver = duty_said(told.said("rule"))
    due = timezone.localtime(datetime.fromisoformat(told.said("due")))
    said = {"what": f"{what} → {receiver}" if receiver else what, "due": f"{due:%m-%d %H:%M}"}
    return _("Not done in time: %(what)s, was due at %(due)s") % said


@sentence("clock.reason_given", sample={"rule": "R8", "turn": 0, "why": "hands"})
def reason_given(told: Told) -> str:
    what, _receiver = duty_said(told.said("rule"))
    why = dict(LateWhy.choices).get(told.said("why"), told.said("why"))
    return _("Why %(what)s was late: %(why)s") % {"what": what, "why": why}
