"""What a rescue team can do. Own list, after the usual teams of a county; slugs stay the same for good."""

import csv
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Capability:
    """`subjects`: the lines that concern themselves with it, so that their departments see the teams that have it."""

    slug: str
    zh: str
    en: str
    subjects: tuple[str, ...]


def _read() -> dict[str, Capability]:
    with files(__package__).joinpath("capabilities.csv").open(encoding="utf-8") as file:
        return {
            row["slug"]: Capability(row["slug"], row["zh"], row["en"], tuple(row["subjects"].split()))
            for row in csv.DictReader(file)
        }


CAPABILITIES = _read()
