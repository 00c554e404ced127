"""Kinds of incident, with the subjects (lines) each concerns."""

import csv
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class IncidentKind:
    """`platform_code`: class of the national platform, empty when unknown.

    `certainty`: V checked, K known, ? uncertain.
    """

    slug: str
    zh: str
    en: str
    category: str
    platform_code: str
    certainty: str
    subjects: tuple[str, ...]


def _read() -> dict[str, IncidentKind]:
    with files(__package__).joinpath("kinds.csv").open(encoding="utf-8") as file:
        return {
            row["slug"]: IncidentKind(**(row | {"subjects": tuple(row["subjects"].split())}))
            for row in csv.DictReader(file)
        }


KINDS = _read()
