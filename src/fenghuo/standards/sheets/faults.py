"""What is wrong with a file, a column or a cell, in a sentence that names the value and the way out.

The sentences stand in messages.csv, in Chinese and English, so that the marked workbook can carry them too.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from .places import Place

type Weight = Literal["error", "warning"]
NO_PARAMS: Mapping[str, str] = MappingProxyType({})
LONGEST_SHOWN = 60  # characters of what was given


@dataclass(frozen=True, slots=True)
class Fault:
    """`code` is a row of messages.csv. An error keeps its row out; a warning says what was taken, and how.

    `field` is Field.name or empty; `place` the cell, None for the whole file; `given` what stands there.
    `texts`: the sentence in Chinese and English, with {names}, for a fault that the caller has found himself.
    """

    code: str
    given: str = ""
    params: Mapping[str, str] = NO_PARAMS
    field: str = ""
    place: Place | None = None
    weight: Weight = "error"
    texts: tuple[str, str] | None = None

    @property
    def message_en(self) -> str:
        return self.words("en")

    def words(self, language: str = "zh") -> str:
        """The sentence in "zh" or "en"."""
        shown = self.given if len(self.given) <= LONGEST_SHOWN else self.given[:LONGEST_SHOWN] + "…"
        chinese, english = self.texts or messages()[self.code]
        return (chinese if language.startswith("zh") else english).format_map({"given": shown, **self.params})


class Refused(Exception):
    """The file as a whole cannot be read; `fault` says why and what to do."""

    def __init__(self, code: str, given: str = "", **params: str) -> None:
        self.fault = Fault(code, given, params)
        super().__init__(self.fault.message_en)


def sentence(code: str, language: str) -> str:
    """The sentence with its {names}. Raises: KeyError for an unknown code."""
    return messages()[code][0 if language.startswith("zh") else 1]


@cache
def messages() -> dict[str, tuple[str, str]]:
    """code → (Chinese, English)."""
    with files(__package__).joinpath("messages.csv").open(encoding="utf-8") as file:
        return {row["code"]: (row["zh"], row["en"]) for row in csv.DictReader(file)}
