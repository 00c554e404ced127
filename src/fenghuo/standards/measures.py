"""What an incident is measured by beside its people: loss, burnt area, magnitude …"""

import csv
from dataclasses import dataclass
from importlib.resources import files

PEOPLE = ("dead", "missing", "seriously_injured", "injured", "trapped", "poisoned", "moved")


@dataclass(frozen=True, slots=True)
class Measure:
    """`choices`: number → (zh, en) where the value is one of a few, ordered by weight; else empty."""

    slug: str
    zh: str
    en: str
    unit_zh: str
    unit_en: str
    choices: dict[int, tuple[str, str]]


def _choices(said: str) -> dict[int, tuple[str, str]]:
    pairs = [one.partition("=") for one in said.split(";") if one]
    return {int(number): (words.partition("/")[0], words.partition("/")[2]) for number, _, words in pairs}


def _read() -> dict[str, Measure]:
    with files(__package__).joinpath("measures.csv").open(encoding="utf-8") as file:
        return {
            row["slug"]: Measure(
                row["slug"], row["zh"], row["en"], row["unit_zh"], row["unit_en"], _choices(row["choices"])
            )
            for row in csv.DictReader(file)
        }


MEASURES = _read()
