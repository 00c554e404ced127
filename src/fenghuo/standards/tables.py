"""Rows as data: a table that is shipped, and a county's file of the same columns whose rows replace those of its ids.

Rows of the county's file that cannot be used are left out, so that a slip of the pen stops no page; `flaws` names them.
"""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

from .sources import SOURCES

CERTAINTIES = ("V", "C", "K", "?")


@dataclass(frozen=True)
class Table[R]:
    """`name`: of the file in the package `home`, without .csv. `read`: a row of its columns; raises ValueError.

    `once`: the columns that tell rows apart, for a table whose ids have several wordings.
    """

    name: str
    columns: tuple[str, ...]
    read: Callable[[dict[str, str]], R]
    home: str = __package__
    once: tuple[str, ...] = ("id",)

    @cached_property
    def shipped(self) -> dict[str, R]:
        """By id. Raises: ValueError."""
        return self.rows_of(files(self.home).joinpath(f"{self.name}.csv").read_text(encoding="utf-8").splitlines())

    def with_own(self, own: Path | None) -> dict[str, R]:
        """All rows by id, the county's in place of those of the same id."""
        return self.shipped | self._own(own)[0] if own is not None else self.shipped

    def own(self, own: Path | None) -> dict[str, R]:
        """The county's rows alone."""
        return self._own(own)[0]

    def flaws(self, own: Path) -> list[str]:
        """What is wrong with the county's file, a sentence each."""
        return list(self._own(own)[1])

    def rows_of(self, lines: Iterable[str]) -> dict[str, R]:
        """Raises: ValueError naming every row that is wrong."""
        rows, flaws = self.what_can(lines)
        if flaws:
            raise ValueError("\n".join(flaws))
        return rows

    def what_can(self, lines: Iterable[str]) -> tuple[dict[str, R], list[str]]:
        """The rows that can be used, by id, and what is wrong with the others."""
        said, reader = self.name.replace("_", " "), csv.DictReader(lines)
        if lacking := [name for name in self.columns if name not in (reader.fieldnames or ())]:
            return {}, [f"{said}: the columns {', '.join(lacking)} are missing; expected {', '.join(self.columns)}"]
        rows: dict[str, R] = {}
        flaws = []
        for place, line in enumerate(reader, 2):
            row = {name: (line[name] or "").strip() for name in self.columns}
            try:
                if not row["id"]:
                    raise ValueError("id is empty")
                if (key := " ".join(row[name] for name in self.once)) in rows:
                    raise ValueError(f"this {' '.join(self.once)} stands on an earlier line too")
                rows[key] = self.read(row)
            except ValueError as error:
                flaws.append(f"{said}, line {place} ({row['id'] or 'no id'}): {error}")
        return rows, flaws

    def _own(self, own: Path | None) -> tuple[dict[str, R], list[str]]:
        if own is None or not own.is_file():
            return {}, []
        return _read_again(self, own, own.stat().st_mtime_ns)  # type: ignore[return-value]


@lru_cache(maxsize=32)
def _read_again(table: Table[object], own: Path, _changed: int) -> tuple[dict[str, object], list[str]]:
    """Once for each state of the file."""
    try:
        return table.what_can(own.read_text(encoding="utf-8-sig").splitlines())
    except UnicodeDecodeError:
        return {}, [f"{table.name.replace('_', ' ')}: the file is not written in UTF-8"]


def require_basis(row: dict[str, str]) -> None:
    """That source and certainty are known. Raises: ValueError."""
    if row["source"] not in SOURCES:
        raise ValueError(f"{row['source']!r} is no source of sources.csv; a county's own rows say COUNTY")
    require_one_of("certainty", row["certainty"], CERTAINTIES)
    if row["certainty"] != "?" and row["source"] == "COUNTY":
        raise ValueError("what a county sets itself is not law: its certainty is ?")


def require_texts(row: dict[str, str], *names: str) -> None:
    """Raises: ValueError."""
    for name in names:
        if not row[name]:
            raise ValueError(f"{name} is empty")


def require_one_of(name: str, said: str, known: Iterable[str]) -> None:
    """Raises: ValueError."""
    known = list(known)
    if said not in known:
        raise ValueError(f"{name} must be one of {' '.join(known)}, not {said!r}")
