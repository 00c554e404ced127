"""Decisions by name, for `fenghuo decide`: each module here that has a KIND is one; nothing central is edited."""

import json
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

type Status = Literal["optimal", "feasible", "infeasible"]


class Asked(BaseModel):
    """A question, or a part of one. What it does not know is refused: a slip of the pen changes no answer silently."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Said(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True)


class ReasonSaid(Said):
    """A code with its values; `zh`, `en`: the sentence, where the decision itself makes one."""

    code: str
    values: dict[str, Any] = {}
    zh: str = ""
    en: str = ""


class Answer(Said):
    """What every answer has; a kind adds its own."""

    status: Status = Field(
        description="optimal: exact, or provably the best; feasible: all that must be met is; infeasible: not all is"
    )
    objective: float | None = Field(description="What the answer is worth, as the kind defines it")
    bound: float | None = Field(description="No answer can be better than this; null when none is known")
    reasons: list[ReasonSaid] = Field(description="Worst first")


class Kind[Q: Asked]:
    """`decide` raises BadQuestion for what cannot be used. `example`: a question, as it is sent."""

    def __init__(
        self, name: str, question: type[Q], answer: type[Answer], decide: Callable[[Q], Answer], example: dict[str, Any]
    ) -> None:
        self.name, self.question, self.answer, self.decide, self.example = name, question, answer, decide, example

    def answered(self, text: bytes) -> Answer:
        """Raises: pydantic.ValidationError, BadQuestion."""
        return self.decide(self.question.model_validate_json(text))

    def schema(self) -> dict[str, Any]:
        """The JSON Schemas of question and answer, with an example of both."""
        asked = self.question.model_validate_json(json.dumps(self.example))
        return {
            "kind": self.name,
            "question": self.question.model_json_schema() | {"examples": [self.example]},
            "answer": self.answer.model_json_schema(mode="serialization"),
            "example": {"question": self.example, "answer": self.decide(asked).model_dump(mode="json")},
        }


@cache
def kinds() -> dict[str, Kind[Any]]:
    """By name."""
    modules = [import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__) if not one.ispkg]
    return {module.KIND.name: module.KIND for module in modules if hasattr(module, "KIND")}
