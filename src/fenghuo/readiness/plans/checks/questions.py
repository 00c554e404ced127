"""The checklist of a round, as it was when it was drawn."""

from fenghuo.kernel.web.words import english

from ..models import CheckItem, CheckQuestion


def asked_of(item: CheckItem) -> list[CheckQuestion]:
    """What is asked at such a unit, in order."""
    return [row for row in item.round.question_rows.all() if not row.who or item.who in row.who.split()]


def question_said(row: CheckQuestion) -> str:
    return row.en if english() else row.zh
