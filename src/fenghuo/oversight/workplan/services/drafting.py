"""draft_plan: a pasted text becomes a draft, every clause and target of it with the words it came from."""

from collections.abc import Iterable, Sequence
from typing import cast

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.scoped import ABOVE_DIGITS
from fenghuo.kernel.journal.recording import record
from fenghuo.standards.workplans import DraftClause, DraftPlan, UnitWords, match_units, read_plan, said

from ..models import Clause, Quota, Target, WorkPlan
from ..reading_text import Match, Read, read
from .clauses import add_clause
from .plans import create_plan
from .targets import add_target
from .values import NUMBER_MOST, TEXT_MOST, TITLE_MOST, ClauseValues, TargetValues

MOST_DOUBTS = 40


@transaction.atomic
def draft_plan(text: str, *, by: Actor, unit: Unit, year: int | None = None, title: str = "") -> WorkPlan:
    """`year`, `title`: instead of those that the text names. By what each target is counted, a person says afterwards.

    Raises: NotAllowed, Invalid (nothing in it reads as a plan, and why; no year).
    """
    drafted = read_plan(text, year)
    _usable(drafted, title)
    assert drafted.year is not None
    name = (title.strip() or drafted.title)[:TITLE_MOST]
    made = create_plan(by=by, unit=unit, year=drafted.year, title=name)
    chapters = {chapter.number: chapter.title for chapter in drafted.chapters}
    matcher, taken, targets = _Matcher(unit), set[str](), 0
    for clause in drafted.clauses:
        kept = _add_clause(made, clause, chapters, taken, by=by)
        for target in clause.targets:
            found = read(target, made.year, matcher.of(target.lead), matcher.of(target.supporting))
            _add_target(kept, found, matcher, by=by)
            targets += 1
    made.doubts = [[one.code, one.number, one.words] for one in drafted.doubts[:MOST_DOUBTS]]
    made.save(update_fields=["doubts"])
    public = {"clauses": len(drafted.clauses), "targets": targets}
    record("workplan.drafted", by, about=[made], public=public)
    return made


def _usable(drafted: DraftPlan, title: str) -> None:
    language = get_language() or "zh"
    if not drafted.clauses:
        why = "; ".join(said(one, language) for one in drafted.doubts) or _("no clause was found in it")
        raise Invalid(Fault("text", why))
    faults = []
    if drafted.year is None:
        faults.append(Fault("year", _("the text names no year: give it here")))
    if not title.strip() and not drafted.title:
        faults.append(Fault("title", _("the text has no title line: give one here")))
    if faults:
        raise Invalid(*faults)


class _Matcher:
    """Which units of the plan's block the words mean."""

    def __init__(self, keeper: Unit) -> None:
        path = keeper.region.path
        inside = Unit.objects.filter(valid_to=None, region__path__gte=path, region__path__lt=path + ABOVE_DIGITS)
        units = list(inside.order_by("code"))
        self.units = {unit.pk: unit for unit in units}
        self._names = [(unit.pk, unit.name, [unit.short_name] if unit.short_name else []) for unit in units]
        self._known: dict[str, int | None] = {}

    def of(self, words: Sequence[UnitWords]) -> list[Match]:
        new = [one for one in words if one.words not in self._known]
        for found in match_units(new, self._names) if new else ():
            self._known[found.unit.words] = found.sure
        return [(one, self._known[one.words]) for one in words]

    def named(self, keys: Iterable[int]) -> list[Unit]:
        return [self.units[key] for key in keys]


def _add_clause(plan: WorkPlan, clause: DraftClause, chapters: dict[str, str], taken: set[str], *, by: Actor) -> Clause:
    """A number that stands there twice gets a mark: both clauses are kept."""
    number, again = clause.number[:NUMBER_MOST], 2
    while number in taken:
        number, again = f"{clause.number[: NUMBER_MOST - 4]}-{again}", again + 1
    taken.add(number)
    values = ClauseValues(
        number=number,
        chapter=chapters.get(clause.number.split(".")[0], "")[:TITLE_MOST],
        title=(clause.title or clause.text)[:TITLE_MOST],
        text=clause.text[:TEXT_MOST],
    )
    return add_clause(plan, by=by, **values)


def _add_target(clause: Clause, found: Read, matcher: _Matcher, *, by: Actor) -> Target:
    values = TargetValues(
        title=found.title,
        kinds=found.kinds,
        units=matcher.named(found.units),
        lead=matcher.named(found.lead),
        support=matcher.named(found.support),
        quota=found.quota,
        quota_kind=cast(str, Quota.PERCENT if found.percent else Quota.NUMBER),
        every=found.every,
        due=found.due,
    )
    made = add_target(clause, by=by, nobody_yet=True, **values)
    made.words, made.open_points = found.words[:TEXT_MOST], [list(point) for point in found.open]
    made.save(update_fields=["words", "open_points"])
    return made
