"""All rules in force here, and which wording of one holds for a place and a day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from functools import cached_property

from ..calendar import Calendar
from ..region_codes import significant
from .conditions import Facts
from .rows import Deadline


@dataclass(frozen=True)
class Ruleset:
    """`rows` in all wordings. As a mapping it gives the newest wording of each id, own ones first, which pages show."""

    rows: tuple[Deadline, ...]
    calendar: Calendar = field(default_factory=Calendar)

    @cached_property
    def _wordings(self) -> Mapping[str, tuple[Deadline, ...]]:
        found: dict[str, list[Deadline]] = {}
        for row in self.rows:
            found.setdefault(row.id, []).append(row)
        return {rule: tuple(sorted(rows, key=_rank, reverse=True)) for rule, rows in found.items()}

    @cached_property
    def _newest(self) -> Mapping[str, Deadline]:
        return {rule: max(rows, key=lambda row: (row.own, row.in_force_from)) for rule, rows in self._wordings.items()}

    @cached_property
    def _of_subject(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for row in self.rows:
            found.setdefault(row.subject, {})[row.id] = None
        return {subject: tuple(ids) for subject, ids in found.items()}

    @cached_property
    def _by_place(self) -> frozenset[str]:
        return frozenset(row.subject for row in self.rows if row.region_code)

    def __getitem__(self, rule: str) -> Deadline:
        return self._newest[rule]

    def __contains__(self, rule: object) -> bool:
        return rule in self._newest

    def __iter__(self) -> Iterator[str]:
        return iter(self._newest)

    def get(self, rule: str) -> Deadline | None:
        return self._newest.get(rule)

    def values(self) -> Iterable[Deadline]:
        return self._newest.values()

    def wordings(self, rule: str) -> tuple[Deadline, ...]:
        """All that the rule said and says: own before shipped, nearer places and newer ones first."""
        return self._wordings.get(rule, ())

    def wording(self, rule: str, version: str) -> Deadline | None:
        """The one that a clock lives under; the newest when it is there no more."""
        return next((row for row in self.wordings(rule) if row.version == version), self.get(rule))

    def asks_for_place(self, subject: str) -> bool:
        """Whether any rule of the subject is different in some place, so that the record's region must be known."""
        return subject in self._by_place

    def choose(self, rule: str, days: Mapping[str, date], region_code: str = "") -> Deadline | None:
        """The wording that holds. `days`: the day of each anchor that is known; an old record lives under the old rule.

        The county's own go before shipped ones, then the smallest region that contains the place.
        """
        for row in self.wordings(rule):
            day = days.get(row.anchor)
            if day is not None and row.in_force(day) and _contains(row.region_code, region_code):
                return row
        return None

    def holding(
        self, subject: str, facts: Facts, anchors: Mapping[str, datetime], zone: tzinfo, region_code: str = ""
    ) -> list[Deadline]:
        """The rules that hold for such a record, each in the wording of its anchor's day."""
        days = {name: moment.astimezone(zone).date() for name, moment in anchors.items()}
        chosen = (self.choose(rule, days, region_code) for rule in self._of_subject.get(subject, ()))
        return [row for row in chosen if row is not None and row.holds(facts)]


def _rank(row: Deadline) -> tuple[bool, int, date]:
    return row.own, significant(row.region_code) if row.region_code else 0, row.in_force_from


def _contains(region: str, place: str) -> bool:
    return not region or place.startswith(region[: significant(region)])
