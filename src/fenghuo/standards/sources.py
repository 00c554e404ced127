"""Laws, regulations and standards that rules come from."""

import csv
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class LegalSource:
    """`number` is that of its promulgation."""

    id: str
    title: str
    number: str
    in_force_from: str
    valid_to: str


def _read() -> dict[str, LegalSource]:
    with files(__package__).joinpath("sources.csv").open(encoding="utf-8") as file:
        return {row["id"]: LegalSource(**row) for row in csv.DictReader(file)}


SOURCES = _read()


def citation(source: str, article: str) -> str:
    """《…》第三条. A rule of the county itself is called 本县设定."""
    title = SOURCES[source].title
    return title if source == "COUNTY" else f"《{title}》{article}"
