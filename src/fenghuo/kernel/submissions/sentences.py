"""How entries about submissions read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.journal.naming import name_verbs
from fenghuo.kernel.journal.telling import Told, sentence

from .kinds import name_of
from .models import Way

PAPER = {"number": "S20260512-0003", "kind": "plan_village", "from": "草堂营村村委会", "to": "草堂街道办事处"}


@sentence("submission.sent", sample=PAPER | {"round": 1, "way": "page"})
def sent(told: Told) -> str:
    if told.said("way") == Way.HAND:
        return _("%(kind)s came on paper from %(from)s and was entered") % _said(told)
    if int(told.public.get("round", 1)) > 1:
        return _("%(kind)s sent to %(to)s again, corrected") % _said(told)
    return _("%(kind)s sent to %(to)s") % _said(told)


@sentence("submission.gap_left", sample=PAPER | {"to": "", "subject": "education"})
def gap_left(told: Told) -> str:
    return _("%(kind)s: nobody to send it to yet") % _said(told)


@sentence("submission.taken", sample=PAPER)
def taken(told: Told) -> str:
    return _("%(to)s looks at %(kind)s") % _said(told)


@sentence("submission.step_passed", sample=PAPER | {"role": "clerk"})
def step_passed(told: Told) -> str:
    return _("%(to)s: one step of the review passed") % _said(told)


@sentence("submission.remarked", sample=PAPER | {"remarks": 2})
def remarked(told: Told) -> str:
    return _("%(to)s remarks on %(kind)s") % _said(told)


@sentence("submission.returned", sample=PAPER | {"remarks": 2, "round": 1})
def returned(told: Told) -> str:
    return _("%(to)s returned %(kind)s for correction") % _said(told)


@sentence("submission.remark_answered", sample=PAPER)
def remark_answered(told: Told) -> str:
    return _("%(from)s answered a remark") % _said(told)


@sentence("submission.accepted", sample=PAPER | {"receipt": "610118-2026-0003"})
def accepted(told: Told) -> str:
    if told.said("receipt"):
        return _("%(to)s accepted %(kind)s, receipt %(receipt)s") % _said(told)
    return _("%(to)s accepted %(kind)s") % _said(told)


@sentence("submission.deemed", sample=PAPER | {"rule": "S9"})
def deemed(told: Told) -> str:
    return _("%(to)s did not answer in time: by law %(kind)s counts as accepted") % _said(told)


@sentence("submission.forwarded", sample=PAPER | {"above": "S20260512-0009"})
def forwarded(told: Told) -> str:
    return _("%(to)s passed %(kind)s on to the next level: %(above)s") % _said(told)


@sentence("submission.accepted_above", sample=PAPER | {"above": "S20260512-0009", "receipt": "610118-2026-0003"})
def accepted_above(told: Told) -> str:
    return _("%(kind)s was accepted at the next level: %(above)s") % _said(told)


@sentence("submission.taken_back", sample=PAPER)
def taken_back(told: Told) -> str:
    return _("%(kind)s was taken back from the next level and lies with %(to)s again") % _said(told)


@sentence("submission.withdrawn", sample=PAPER)
def withdrawn(told: Told) -> str:
    return _("%(from)s withdrew %(kind)s") % _said(told)


def _said(told: Told) -> dict[str, str]:
    return {
        "kind": name_of(told.said("kind")),
        "from": told.said("from"),
        "to": told.said("to"),
        "receipt": told.said("receipt"),
        "above": told.said("above"),
    }


name_verbs(
    "submission",
    gettext_lazy("Papers that go up"),
    {
        "sent": gettext_lazy("sending or sending again"),
        "gap_left": gettext_lazy("nobody to send it to"),
        "taken": gettext_lazy("taking into review"),
        "step_passed": gettext_lazy("passing a step"),
        "remarked": gettext_lazy("remark"),
        "returned": gettext_lazy("return for correction"),
        "remark_answered": gettext_lazy("answer to a remark"),
        "accepted": gettext_lazy("acceptance"),
        "deemed": gettext_lazy("accepted by silence"),
        "forwarded": gettext_lazy("passing on to the next level"),
        "accepted_above": gettext_lazy("accepted at the next level"),
        "taken_back": gettext_lazy("taken back from the next level"),
        "withdrawn": gettext_lazy("withdrawal of a paper"),
    },
)
