"""draft_plan: a pasted text becomes a draft, every clause and target of it with the words it came from."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.scoped import ABOVE_DIGITS
from fenghuo.kernel.journal.recording import record
from fenghuo.standards.workplans import DraftClause, DraftPlan, UnitWords, match_units, read_plan, said

from ..models import Quota, WorkPlan
from ..reading_text import Match, Read, read
from .outlines import Outline
from .plans import check_plan, create_plan
from .values import NUMBER_MOST, TEXT_MOST, TITLE_MOST, ClauseValues, TargetValues

MOST_DOUBTS = 40


def draft_plan(text: str, *, by: Actor, unit: Unit, year: int | None = None, title: str = "") -> WorkPlan:
    """`year`, `title`: instead of those that the text names. By what each target is counted, a person says afterwards.

    Raises: NotAllowed, Invalid (nothing in it reads as a plan, and why; no year).
    """
    require(by, "workplans.write")
    drafted = read_plan(text, year)
    _usable(drafted, title)
    assert drafted.year is not None
    name = (title.strip() or drafted.title)[:TITLE_MOST]
    check_plan(name, "", drafted.year)
    outline = _outline(drafted, drafted.year, unit)
    with transaction.atomic():
        made = create_plan(by=by, unit=unit, year=drafted.year, title=name)
        made.doubts = [[one.code, one.number, one.words] for one in drafted.doubts[:MOST_DOUBTS]]
        made.save(update_fields=["doubts"])
        outline.store(made)
        public = {"clauses": outline.clauses, "targets": outline.targets}
        record("workplan.drafted", by, about=[made], public=public)
    return made


def _outline(drafted: DraftPlan, year: int, unit: Unit) -> Outline:
    chapters = {chapter.number: chapter.title for chapter in drafted.chapters}
    found, matcher, taken = Outline(year), _Matcher(unit), set[str]()
    for clause in drafted.clauses:
        found.clause(_clause_values(clause, chapters, taken))
        for target in clause.targets:
            one = read(target, year, matcher.of(target.lead), matcher.of(target.supporting))
            found.target(
                _target_values(one, matcher), nobody_yet=True, words=one.words[:TEXT_MOST], open_points=one.open
            )
    return found


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


def _clause_values(clause: DraftClause, chapters: dict[str, str], taken: set[str]) -> ClauseValues:
    """A number that stands there twice gets a mark: both clauses are kept."""
    number, again = clause.number[:NUMBER_MOST], 2
    while number in taken:
        number, again = f"{clause.number[: NUMBER_MOST - 4]}-{again}", again + 1
    taken.add(number)
    return ClauseValues(
        number=number,
        chapter=chapters.get(clause.number.split(".")[0], "")[:TITLE_MOST],
        title=(clause.title or clause.text)[:TITLE_MOST],
        text=clause.text[:TEXT_MOST],
    )


def _target_values(found: Read, matcher: _Matcher) -> TargetValues:
    return TargetValues(
        title=found.title,
        kinds=found.kinds,
        units=matcher.named(found.units),
        lead=matcher.named(found.lead),
        support=matcher.named(found.support),
        quota=found.quota,
        quota_kind=Quota.PERCENT if found.percent else Quota.NUMBER,
        every=found.every,
        due=found.due,
    )
