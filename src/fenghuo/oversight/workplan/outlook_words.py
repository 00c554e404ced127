"""How prospects and papers are called on pages."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fenghuo.kernel.measures.registering import Word

from .forecasting import Prospect
from .models import WorkPlan

PROSPECTS: dict[Prospect, Word] = {
    Prospect.WILL_MISS: gettext_lazy("At this pace not reached by the day"),
    Prospect.OVERDUE: gettext_lazy("Overdue already: a fact, no forecast"),
    Prospect.NOT_STARTED: gettext_lazy("Nothing gained yet this year"),
    Prospect.TOO_FEW: gettext_lazy("Too few data to say"),
    Prospect.ON_PACE: gettext_lazy("At this pace reached by the day"),
    Prospect.REPEATING: gettext_lazy("Repeating: each span has its own day, no pace is reckoned"),
    Prospect.REACHED: pgettext_lazy("targets", "Reached"),
    Prospect.UNKNOWN: gettext_lazy("Not known how it stands on this day"),
}
PAPERS: dict[str, Word] = {
    "circular.docx": gettext_lazy("Circular (Word)"),
    "appraisal.docx": gettext_lazy("Appraisal (Word)"),
    "appraisal.xlsx": gettext_lazy("Appraisal (Excel)"),
}


def paper_word(paper: object) -> str:
    return str(PAPERS.get(str(paper), paper))


def file_name(paper: str, plan: WorkPlan, day: date) -> str:
    """In Chinese like the paper itself: 2026年工作要点落实情况通报-20260930.docx."""
    name, _dot, ending = paper.partition(".")
    said = "落实情况通报" if name == "circular" else "考核结果"
    return f"{plan.year}年应急管理工作要点{said}-{day:%Y%m%d}.{ending}"


def quarters(plan: WorkPlan, today: date) -> list[tuple[str, date]]:
    """The quarters of the year that are over, with their last day, as far as the plan was in force then."""
    lasts = [date(plan.year, month, 1) - timedelta(days=1) for month in (4, 7, 10)] + [date(plan.year, 12, 31)]
    since = timezone.localdate(plan.since) if plan.since is not None else date.max
    said = _("end of quarter %(n)s")
    return [(said % {"n": n}, last) for n, last in enumerate(lasts, 1) if since <= last < today]
