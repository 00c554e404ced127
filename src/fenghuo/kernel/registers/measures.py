"""Base data complete: of everything that the rules of completeness ask of a unit's rows, the share that is there."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, F, Value
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.measures.asking import Ask, Lack, Moment, Piece, Progress
from fenghuo.kernel.measures.registering import Measure, add

from .completeness.predicates import subjects
from .completeness.rules import about, asked_rules
from .completeness.selectors import figures_of, gaps_of


def count(asks: Sequence[Ask], _units: Sequence[Unit], moment: Moment) -> list[Mapping[int, Progress] | None]:
    """The same for every ask. 1 query; what was lacking at an earlier moment nobody has kept."""
    if moment.past:
        return [None for _ask in asks]
    found: dict[int, Progress] = {}
    for unit, said, lacking in _rows():
        before = found.get(unit, Progress(0, 0))
        found[unit] = Progress(before.value + said - lacking, (before.asked or 0) + said)
    return [found for _ask in asks]


def _rows() -> list[tuple[int, int, int]]:
    """(unit, how much is asked, how much of it is lacking), one of each subject."""
    asked, parts = asked_rules(), []
    for subject in subjects():
        rules = about(asked, subject)
        if not rules:
            continue
        said: Combinable = Value(0)
        lacking: Combinable = Value(0)
        for one in rules:
            said = said + Count("pk", filter=one.applies)
            lacking = lacking + Count("pk", filter=one.lacking)
        rows = subject.rows().filter(**{f"{subject.unit}__isnull": False}).order_by()
        grouped = rows.values(of=F(subject.unit)).annotate(said=said, lacking=lacking)
        parts.append(grouped.values_list("of", "said", "lacking"))
    if not parts:
        return []
    first, *others = parts
    found: Any = first.union(*others, all=True).order_by() if others else first
    return [(int(unit), int(said), int(lacking)) for unit, said, lacking in found]


def pieces(_ask: Ask, unit: Unit, moment: Moment) -> list[Piece]:
    """What is there is told by its kind of rule, not row by row."""
    if moment.past:
        return []
    asked = asked_rules()
    figures = figures_of(Unit.objects.filter(pk=unit.pk), asked).get(unit.pk)
    if figures is None:
        return []
    found = []
    for one in asked:
        many = figures.asked.get(one.rule.id, 0) - figures.lacking.get(one.rule.id, 0)
        if many > 0:
            note = ngettext("%(n)s entry", "%(n)s entries", many) % {"n": many}
            address = reverse("completeness:unit", args=[unit.code])
            found.append(Piece(unit.pk, one.said, note, address=address))
    return found


def lacks(_ask: Ask, unit: Unit, moment: Moment) -> list[Lack]:
    if moment.past:
        return []
    gaps, more = gaps_of(unit, SYSTEM, asked_rules())
    found = [Lack(gap.title, gap.form, "、".join(gap.lacking), record=unit.pk) for gap in gaps]
    if more:
        found.append(Lack(_("%(n)s more") % {"n": more}, reverse("completeness:unit", args=[unit.code])))
    return found


add(Measure("registers.complete", gettext_lazy("base data complete"), count, pieces, lacks, share=True))
