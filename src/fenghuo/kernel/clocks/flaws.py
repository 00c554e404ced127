"""What is wrong with a row of rules or with a notice, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.standards.calendar import Wrong
from fenghuo.standards.deadlines import Flaw

OF_RULES = {
    "not_utf8": gettext_lazy("the file is not written in UTF-8"),
    "no_id": gettext_lazy("a row needs an id"),
    "long_id": gettext_lazy("an id has at most 32 characters, without blanks"),
    "missing_columns": gettext_lazy("these columns are missing"),
    "unknown": gettext_lazy("this word is not known here"),
    "bad_span": gettext_lazy("no span: a number with m, h, d, wd, mo or y, a schedule, or at_once"),
    "too_long": gettext_lazy("the span is longer than a hundred years"),
    "zero_span": gettext_lazy("a span of nothing: write at_once"),
    "zero_step": gettext_lazy("it repeats without a step, so it would never end"),
    "never_ends": gettext_lazy("it repeats at once, so it would never end"),
    "bad_schedule": gettext_lazy("no such schedule"),
    "bad_time": gettext_lazy("no time of day"),
    "bad_date": gettext_lazy("no date"),
    "backwards": gettext_lazy("it ends before it is in force"),
    "overlap": gettext_lazy("two rows of this id are in force on the same days"),
    "impossible": gettext_lazy("no record can be both"),
    "bad_condition": gettext_lazy("no condition"),
    "bad_region": gettext_lazy("no region code"),
    "bad_extension": gettext_lazy("an extension is a number of days: 60d or 20wd"),
    "shift_minutes": gettext_lazy("only days, months, years and fixed dates can move off a day of rest"),
    "own_law": gettext_lazy("what a county sets itself is not law: the source is COUNTY and the certainty is ?"),
    "empty": gettext_lazy("it must not be empty"),
    "long": gettext_lazy("it is too long"),
    "control": gettext_lazy("it holds a sign that cannot be stored (U+0000)"),
    "no_csv": gettext_lazy("the file cannot be read as CSV"),
}
OF_NOTICES = {
    "no_year": gettext_lazy("it does not say which year it is for"),
    "no_items": gettext_lazy("no lines of the form 一、元旦:… were found"),
    "lacking": gettext_lazy("the notice says nothing of this holiday: paste the whole of it"),
    "no_such_day": gettext_lazy("there is no such day"),
    "weekday": gettext_lazy("this date is another day of the week"),
    "count": gettext_lazy("the number of days is not that of the dates"),
    "backwards": gettext_lazy("the last day lies before the first"),
    "not_weekend": gettext_lazy("this day does not touch a weekend, so it cannot be joined with one"),
    "worked_anyway": gettext_lazy("this is a Monday to Friday that is worked anyway"),
    "off_and_work": gettext_lazy("this day is named as off and as worked"),
    "fixed": gettext_lazy("the law gives this day off, the notice does not"),
    "other_year": gettext_lazy("this day lies outside the year and the December before it"),
    "not_understood": gettext_lazy("this sentence was not understood"),
}


def say(flaw: Flaw) -> str:
    """With line, rule, column and value in front, and what may stand there behind."""
    where = [_("line %(line)s") % {"line": flaw.line}] if flaw.line else []
    where += [flaw.rule, flaw.column, f"“{flaw.value}”"]
    why = str(OF_RULES[flaw.code])
    return _with_way_out(" · ".join(filter(None, where)), why, flaw.allowed)


def say_wrong(wrong: Wrong) -> str:
    return _with_way_out(f"“{wrong.said}”", str(OF_NOTICES[wrong.code]), wrong.rather)


def _with_way_out(where: str, why: str, allowed: str) -> str:
    said = _("%(where)s: %(why)s") % {"where": where, "why": why}
    return _("%(said)s; it may be: %(allowed)s") % {"said": said, "allowed": allowed} if allowed else said
