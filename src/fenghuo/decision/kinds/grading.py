"""`fenghuo decide grading`: see decision.grading. The thresholds are the shipped ones."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from fenghuo.decision import grading
from fenghuo.decision.questions import BadQuestion, Fault
from fenghuo.standards.kinds import KINDS
from fenghuo.standards.measures import MEASURES, PEOPLE
from fenghuo.standards.thresholds import thresholds_for

from . import Answer, Asked, Kind, ReasonSaid, Said

type Figure = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Question(Asked):
    kind: str = Field(description="a kind of incident")
    day: date
    figures: dict[str, Figure | None] = Field(description="null or left out: nobody has told; 0: known to be none")


class Choice(Said):
    """`level` 1 (gravest) to 4; null when no row holds. `row`: the rule; `certainty`: see decision.grading."""

    level: int | None
    row: str | None
    source: str | None
    certainty: str
    if_lost: int | None
    near_miss: bool


class Unmet(Said):
    """A figure that a higher level asks for and nobody has told."""

    figure: str


class GradingAnswer(Answer):
    """`objective`: the level. The highest row that holds is the answer, so that the bound is the same."""

    choice: Choice
    unmet: list[Unmet]


def decide(asked: Question) -> GradingAnswer:
    _check(asked)
    figures = {name: Decimal(str(value)) for name, value in asked.figures.items() if value is not None}
    found = grading.grade(asked.kind, figures, thresholds_for(asked.kind), asked.day)
    row = found.row
    steps = [
        ReasonSaid(code="next_step", values={"figure": one.measure, "more": float(one.more), "level": one.level})
        for one in found.next_steps
    ]
    fired = [ReasonSaid(code="row", values={"row": row.id, "value": float(found.value or 0)})] if row else []
    return GradingAnswer(
        status="infeasible" if found.level is None else "optimal",
        objective=found.level,
        bound=found.level,
        reasons=fired + steps,
        choice=Choice(
            level=found.level,
            row=row.id if row else None,
            source=row.source if row else None,
            certainty=found.certainty,
            if_lost=found.if_lost,
            near_miss=found.near_miss,
        ),
        unmet=[Unmet(figure=name) for name in found.unknown],
    )


def _check(asked: Question) -> None:
    """Raises: BadQuestion."""
    if asked.kind not in KINDS:
        known = " ".join(KINDS)
        raise BadQuestion(
            Fault("kind", asked.kind, f"没有这种事件类别，可以写：{known}", f"is none; there are: {known}")
        )
    known_figures = {*PEOPLE, *MEASURES}
    for name, value in asked.figures.items():
        if name not in known_figures:
            words = " ".join(sorted(known_figures))
            zh, en = f"没有这个数字，可以写：{words}", f"is no figure; there are: {words}"
            raise BadQuestion(Fault(f"figures.{name}", value, zh, en))


KIND = Kind(
    "grading",
    Question,
    GradingAnswer,
    decide,
    {"kind": "road_traffic", "day": "2026-05-12", "figures": {"dead": 3, "seriously_injured": 2, "missing": 0}},
)
