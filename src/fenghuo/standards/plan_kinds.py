"""Kinds of plans (预案) and after how many years each is due to be looked at again."""

import csv
from dataclasses import dataclass
from importlib.resources import files

from .sources import SOURCES, cited
from .tables import CERTAINTIES


@dataclass(frozen=True, slots=True)
class PlanKind:
    """`review_years`: None for one that is made for one occasion. `also`: other words for it in workbooks.

    `files_as`: kinds of submission (submission_kinds.csv), where no duty of its owner says another.
    """

    slug: str
    zh: str
    en: str
    also: tuple[str, ...]
    review_years: int | None
    files_as: tuple[str, ...]
    source: str
    article: str
    certainty: str

    @property
    def cited(self) -> str:
        """Where the years come from, in Chinese, with how sure that is."""
        return cited(self.source, self.article, self.certainty)


def _read() -> dict[str, PlanKind]:
    with files(__package__).joinpath("plan_kinds.csv").open(encoding="utf-8") as file:
        return {row["slug"]: _kind(row) for row in csv.DictReader(file)}


def _kind(row: dict[str, str]) -> PlanKind:
    if row["source"] not in SOURCES or row["certainty"] not in CERTAINTIES:
        raise ValueError(f"plan kinds: {row['slug']} has no known source or certainty")
    return PlanKind(
        slug=row["slug"],
        zh=row["zh"],
        en=row["en"],
        also=tuple(row["also"].split()),
        review_years=int(row["review_years"]) if row["review_years"] else None,
        files_as=tuple(row["files_as"].split()),
        source=row["source"],
        article=row["article"],
        certainty=row["certainty"],
    )


PLAN_KINDS = _read()
