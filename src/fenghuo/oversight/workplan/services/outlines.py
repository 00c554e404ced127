"""A whole plan that is drafted in one act: looked at piece by piece first, then written in a handful of statements.

Its history has one entry for the act, and the lock is not held while hundreds of sentences are read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Conflict, Fault, Invalid

from ..models import Clause, Target, TargetUnit, WorkPlan
from .targets import defaults, fill, named_rows
from .values import ClauseValues, TargetValues, check_clause, check_target


@dataclass(slots=True)
class _Target:
    values: TargetValues
    words: str
    open_points: Sequence[tuple[str, str]]


@dataclass(slots=True)
class _Clause:
    values: ClauseValues
    targets: list[_Target] = field(default_factory=list)


class Outline:
    """Of a plan of this year."""

    def __init__(self, year: int) -> None:
        self._year = year
        self._clauses: list[_Clause] = []

    @property
    def clauses(self) -> int:
        return len(self._clauses)

    @property
    def targets(self) -> int:
        return sum(len(one.targets) for one in self._clauses)

    def clause(self, said: ClauseValues) -> None:
        """At the end. Raises: Invalid, Conflict (the number is there)."""
        if lacking := [name for name in ("number", "title") if name not in said]:
            raise Invalid(*(Fault(name, _("is required")) for name in lacking))
        check_clause(said)
        number = said["number"].strip()
        if any(one.values["number"].strip() == number for one in self._clauses):
            raise Conflict(_("There is a clause %(number)s in this plan already.") % {"number": number})
        self._clauses.append(_Clause(said))

    def target(
        self,
        said: TargetValues,
        *,
        nobody_yet: bool = False,
        words: str = "",
        open_points: Sequence[tuple[str, str]] = (),
    ) -> None:
        """At the end of the last clause, as add_target takes it. Raises: Invalid, Conflict (the key is there)."""
        last = self._clauses[-1]
        if lacking := [name for name in ("title", "due") if name not in said]:
            raise Invalid(*(Fault(name, _("is required")) for name in lacking))
        values = defaults(last.values["number"].strip(), len(last.targets) + 1) | said
        check_target(values, year=self._year, now_due=False, nobody_yet=nobody_yet)
        key = values["key"].strip()
        if any(one.values["key"].strip() == key for one in last.targets):
            raise Conflict(_("There is a target with the key %(key)s in this clause already.") % {"key": key})
        last.targets.append(_Target(values, words, open_points))

    def store(self, plan: WorkPlan) -> None:
        """Into an empty draft, within the caller's transaction."""
        clauses = Clause.objects.bulk_create(
            Clause(plan=plan, place=place, **{name: str(value).strip() for name, value in one.values.items()})
            for place, one in enumerate(self._clauses, 1)
        )
        said = [
            (_made(one, clause, place), one.values)
            for clause, drafted in zip(clauses, self._clauses, strict=True)
            for place, one in enumerate(drafted.targets, 1)
        ]
        targets = Target.objects.bulk_create([target for target, _values in said])
        TargetUnit.objects.bulk_create(
            row for target, (_target, values) in zip(targets, said, strict=True) for row in named_rows(target, values)
        )


def _made(one: _Target, clause: Clause, place: int) -> Target:
    target = Target(clause=clause, place=place, words=one.words, open_points=[list(point) for point in one.open_points])
    fill(target, one.values)
    return target
