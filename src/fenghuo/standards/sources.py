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


def cited(source: str, article: str, certainty: str) -> str:
    """The citation as pages show it: what nobody has read in the law's own text is said to be so."""
    if certainty == "?":
        return citation("COUNTY", "")
    said = citation(source, article)
    return said if certainty == "V" else f"{said}（未核对原文）"
