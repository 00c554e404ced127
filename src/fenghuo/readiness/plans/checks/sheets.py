"""A round's findings in sum, as a workbook for reporting upward."""

from collections.abc import Iterable, Mapping
from io import BytesIO

from django.utils.translation import gettext as _

from fenghuo.standards.sheets.fields import Field, Layout
from fenghuo.standards.sheets.writing import write_book

from ..words import WHO_WORDS
from .summary import Figures, Table, total

NUMBERS = ("checked", "found", "corrected", "verified")


def summary_book(table: Table, questions: Mapping[str, str]) -> bytes:
    """A row for each town, kind of unit and question, and the sum at the end. `questions`: id → words, in order."""
    fields = (
        Field("town", (_("Town"),)),
        Field("who", (_("Kind of unit"),)),
        Field("question", (_("Question"),)),
        Field("checked", (_("Questions checked"),), "integer"),
        Field("found", (_("Found"),), "integer"),
        Field("corrected", (_("Said to be put right"),), "integer"),
        Field("verified", (_("Verified"),), "integer"),
    )
    layout = Layout(fields, ("town", "who", "question"), ("预案检查汇总", "check of plans"))
    made = BytesIO()
    write_book(made, layout, _rows(table, questions), sheet=_("Check of plans"))
    return made.getvalue()


def _rows(table: Table, questions: Mapping[str, str]) -> Iterable[dict[str, str | int | None]]:
    order = {question: place for place, question in enumerate(questions)}
    for key in sorted(table, key=lambda key: (key[0] == "", key[0], key[1], order.get(key[2], 999))):
        town, who, question = key
        words = {"town": town or _("no town"), "who": str(WHO_WORDS.get(who, who)), "question": questions[question]}
        yield {**words, **_numbers(table[key])}
    yield {"town": _("Together"), **_numbers(total(table.values()))}


def _numbers(figures: Figures) -> dict[str, str | int | None]:
    return {name: getattr(figures, name) for name in NUMBERS}
