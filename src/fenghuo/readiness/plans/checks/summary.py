"""What a round has found: by town, kind of unit and question, and in sum."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from fenghuo.kernel.access.actor import Actor

from ..models import AnswerState, CheckAnswer, CheckRound, Finding, FindingState, ItemState, Value
from .selectors import items


@dataclass(frozen=True, slots=True)
class Figures:
    """`checked`: answered yes or no at a unit whose visit is finished; `corrected`: put right by the unit's own word,
    verified ones among them.
    """

    checked: int = 0
    found: int = 0
    corrected: int = 0
    verified: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.checked + other.checked,
            self.found + other.found,
            self.corrected + other.corrected,
            self.verified + other.verified,
        )


type Key = tuple[str, str, str]  # town's name ("" for none), kind of unit, question
type Table = dict[Key, Figures]


def summary(actor: Actor, round_: CheckRound) -> Table:
    """Of what the actor sees of the round. 2 queries."""
    seen = items(actor).filter(round=round_, state=ItemState.CHECKED).order_by().values("pk")
    table: Table = {}
    answered = CheckAnswer.objects.filter(item__in=seen, state=AnswerState.HOLDS, value__in=(Value.YES, Value.NO))
    for *key, n in answered.values_list("item__town__name", "item__who", "question").annotate(n=Count("pk")):
        _add(table, key, Figures(checked=n))
    done = Q(state__in=(FindingState.TOLD, FindingState.VERIFIED))
    found = Finding.objects.filter(item__in=seen).values_list("item__town__name", "item__who", "question")
    counted = found.annotate(
        n=Count("pk"), told=Count("pk", filter=done), verified=Count("pk", filter=Q(state=FindingState.VERIFIED))
    )
    for *key, n, told, verified in counted:
        _add(table, key, Figures(found=n, corrected=told, verified=verified))
    return table


def _add(table: Table, said: list[str | None], figures: Figures) -> None:
    town, who, question = said
    key = (town or "", who or "", question or "")
    table[key] = table.get(key, Figures()) + figures


def by_part(table: Table, part: int) -> dict[str, Figures]:
    """In sum by town (0), kind of unit (1) or question (2)."""
    sums: dict[str, Figures] = {}
    for key, figures in table.items():
        sums[key[part]] = sums.get(key[part], Figures()) + figures
    return sums


def total(figures: Iterable[Figures]) -> Figures:
    return sum(figures, Figures())
