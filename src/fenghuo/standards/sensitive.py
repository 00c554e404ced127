"""Places, people and times for which an incident is reported without regard to its level (NGP06, domain-rules 1.2)."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Sign:
    """Why an incident may be sensitive. `words` is what was found in the text, empty for a time."""

    zh: str
    en: str
    words: str
    certainty: str


def sensitive_signs(text: str, day: date) -> list[Sign]:
    """Signs in the text and in the calendar; the first word of each group that the text holds."""
    found = []
    for words, sign in _words():
        if word := next((word for word in words if word in text), ""):
            found.append(Sign(sign.zh, sign.en, word, sign.certainty))
    return found + [sign for start, end, sign in _times() if start <= day.strftime("%m-%d") <= end]


@cache
def _words() -> list[tuple[tuple[str, ...], Sign]]:
    with files(__package__).joinpath("sensitive.csv").open(encoding="utf-8") as file:
        return [
            (tuple(row["words"].split()), Sign(row["zh"], row["en"], "", row["certainty"]))
            for row in csv.DictReader(file)
        ]


@cache
def _times() -> list[tuple[str, str, Sign]]:
    with files(__package__).joinpath("sensitive_times.csv").open(encoding="utf-8") as file:
        return [
            (row["from"], row["to"], Sign(row["zh"], row["en"], "", row["certainty"])) for row in csv.DictReader(file)
        ]
