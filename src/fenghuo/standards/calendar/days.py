"""Which days are worked. A year whose table is not here is never guessed: `covers` says so."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from .notice import Table

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """`off`: days off by a notice; `work`: weekend days worked (调休上班). Else Monday to Friday is worked."""

    years: frozenset[int] = frozenset()
    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()

    def covers(self, day: date) -> bool:
        return day.year in self.years

    def is_working(self, day: date) -> bool:
        """Raises: LookupError when the table of that year is not here."""
        if not self.covers(day):
            raise LookupError(f"no table of days off for {day.year}")
        return day in self.work or (day.weekday() < SATURDAY and day not in self.off)

    def with_table(self, table: Table) -> "Calendar":
        """This table in place of what is here for its year; days of the year before that it names are added."""
        kept = replace(
            self,
            off=frozenset(day for day in self.off if day.year != table.year),
            work=frozenset(day for day in self.work if day.year != table.year),
        )
        return Calendar(
            years=kept.years | {table.year},
            off=(kept.off - table.work) | table.off,
            work=(kept.work - table.off) | table.work,
        )


def calendar_of(tables: Iterable[Table], to: Calendar | None = None) -> Calendar:
    found = to or Calendar()
    for table in sorted(tables, key=lambda one: one.year):
        found = found.with_table(table)
    return found


@cache
def shipped() -> Calendar:
    """The years that come with the program, one file each beside this one."""
    return calendar_of(shipped_tables())


@cache
def shipped_tables() -> tuple[Table, ...]:
    folder = files(__package__)
    with folder.joinpath("notices.csv").open(encoding="utf-8") as file:
        notices = list(csv.DictReader(file))
    return tuple(_read_table(int(row["year"]), row["number"], row["certainty"]) for row in notices)


def _read_table(year: int, number: str, certainty: str) -> Table:
    with files(__package__).joinpath(f"{year}.csv").open(encoding="utf-8") as file:
        rows = [(date.fromisoformat(row["date"]), row["kind"], row["name"]) for row in csv.DictReader(file)]
    return Table(
        year=year,
        number=number,
        certainty=certainty,
        names={day: name for day, _, name in rows},
        off=frozenset(day for day, kind, _ in rows if kind == "off"),
        work=frozenset(day for day, kind, _ in rows if kind == "work"),
    )
