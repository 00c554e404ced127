"""What pages show of a round."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from fenghuo.decision.sampling import read

from ..models import (
    AnswerState,
    CheckAnswer,
    CheckItem,
    CheckPopulation,
    CheckQuestion,
    CheckRound,
    Finding,
    FindingState,
    Value,
)
from ..words import WHO_WORDS
from .deadlines import end_of
from .questions import asked_of, question_said
from .selectors import OPEN
from .states import FINDING_STATES


@dataclass(frozen=True, slots=True)
class ItemRow:
    """`found`: findings; `open`: those not verified yet."""

    item: CheckItem
    who: str
    found: int
    open: int


def item_rows(found: QuerySet[CheckItem]) -> list[ItemRow]:
    """2 queries."""
    items = list(found)
    counted = Finding.objects.filter(item__in=[item.pk for item in items]).order_by().values_list("item")
    numbers = {
        pk: (n, left)
        for pk, n, left in counted.annotate(n=Count("pk"), left=Count("pk", filter=~Q(state=FindingState.VERIFIED)))
    }
    return [ItemRow(item, str(WHO_WORDS.get(item.who, item.who)), *numbers.get(item.pk, (0, 0))) for item in items]


def shares_said(round_: CheckRound) -> list[tuple[str, int]]:
    return [(str(WHO_WORDS.get(row.who, row.who)), row.many) for row in round_.share_rows.order_by("pk")]


@dataclass(frozen=True, slots=True)
class StratumRow:
    town: str
    who: str
    size: int
    drawn: int


def stratum_rows(round_: CheckRound) -> list[StratumRow]:
    """By town and kind: how many stood in the frozen list, and how many were drawn; without the towns' own names when
    nothing is drawn. 3 queries.
    """
    kept = CheckPopulation.objects.filter(round=round_).first()
    if kept is None:
        return []
    sizes: dict[tuple[str, str], int] = {}
    for row in read(kept.text):
        sizes[row.town, row.kind] = sizes.get((row.town, row.kind), 0) + 1
    counted = round_.items.order_by().values_list("town__code", "town__name", "who").annotate(n=Count("pk"))
    rows = sorted(counted, key=lambda row: (not row[0], row[0] or "", row[2]))
    return [
        StratumRow(name or "", str(WHO_WORDS.get(who, who)), sizes.get((code or "", who), 0), n)
        for code, name, who, n in rows
    ]


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """`holding`: the answer that holds; `others`: what came from elsewhere and waits to be looked at."""

    question: CheckQuestion
    said: str
    holding: CheckAnswer | None
    others: list[CheckAnswer]


VALUES = [(Value.YES, Value.YES.label), (Value.NO, Value.NO.label), (Value.NA, Value.NA.label)]


def question_rows(item: CheckItem) -> list[QuestionRow]:
    """2 queries."""
    shown = (AnswerState.HOLDS, AnswerState.CONFLICT)
    answers = list(item.answers.filter(state__in=shown).select_related("given_by__unit").order_by("pk"))
    return [
        QuestionRow(
            row,
            question_said(row),
            next((one for one in answers if one.question == row.question and one.state == AnswerState.HOLDS), None),
            [one for one in answers if one.question == row.question and one.state == AnswerState.CONFLICT],
        )
        for row in asked_of(item)
    ]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """`due_at`: None once it is verified, or lies with who looks at it again."""

    finding: Finding
    said: str
    verbs: list[str]
    due_at: datetime | None


def finding_rows(
    item: CheckItem, found: Iterable[Finding], *, corrects: bool, verifies: bool, enters: bool = False
) -> list[FindingRow]:
    """`verbs`: what the reader may do with each now."""
    words = {row.question: question_said(row) for row in item.round.question_rows.all()}
    may = {"correct": corrects or enters, "verify": verifies, "send_back": verifies}
    return [
        FindingRow(
            one,
            words.get(one.question, one.question),
            [verb for verb in FINDING_STATES.verbs(one.state) if may[verb]],
            end_of(one.due_on) if one.state in OPEN else None,
        )
        for one in found
    ]
