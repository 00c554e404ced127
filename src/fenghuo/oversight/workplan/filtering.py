"""What the address of the matrix asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.dates import MONTHS

from fenghuo.kernel.access.models import Line, Region, Supervision, Unit
from fenghuo.kernel.access.models.regions import RegionLevel
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.web.words import subject_name
from fenghuo.standards.subjects import SUBJECTS

from .forms import FilterForm
from .models import Target, WorkPlan
from .presenting import groups_in
from .scopes import named_in
from .selectors import Matrix
from .words import GROUPS


@dataclass(frozen=True, slots=True)
class Asked:
    """ "" is no condition. `day` None: now. `form`: with what was typed and what is wrong with it."""

    form: FilterForm
    day: date | None
    group: str
    block: str
    line: str
    lead: str
    month: str

    @property
    def narrowed(self) -> bool:
        return bool(self.day or self.block or self.line or self.lead or self.month)

    def keeps(self, target: Target) -> bool:
        """Whether a row is wanted."""
        if self.month and str(target.due.month) != self.month:
            return False
        return not self.lead or any(unit.code == self.lead for unit in named_in(target).lead)


def read(query: QueryDict) -> FilterForm:
    form = FilterForm(query)
    form.fields["line"].choices = [("", "—"), *((slug, subject_name(slug)) for slug in SUBJECTS)]  # type: ignore[attr-defined]
    form.fields["month"].choices = [("", "—"), *((str(n), name) for n, name in MONTHS.items())]  # type: ignore[attr-defined]
    return form


def offer(form: FilterForm, plan: WorkPlan, leads: Mapping[str, str]) -> Asked:
    """With the towns and leading units that there are."""
    towns = Region.objects.filter(level=RegionLevel.TOWN, path__startswith=plan.region.path, valid_to=None).values_list(
        "code", "name"
    )
    form.fields["block"].choices = [("", "—"), *towns]  # type: ignore[attr-defined]
    form.fields["lead"].choices = [("", "—"), *sorted(leads.items(), key=lambda one: one[1])]  # type: ignore[attr-defined]
    form.fields["group"].choices = [("", "—"), *GROUPS.items()]  # type: ignore[attr-defined]
    form.is_valid()
    said = form.cleaned_data
    return Asked(form, said.get("day"), *(said.get(name, "") for name in ("group", "block", "line", "lead", "month")))


def group_shown(asked: Asked, found: Matrix) -> str:
    """What was asked for, else townships where there are any, else whatever there is first."""
    there = groups_in(found)
    if asked.group in there:
        return asked.group
    return UnitKind.TOWNSHIP if UnitKind.TOWNSHIP in there or not there else there[0]


def columns_wanted(asked: Asked) -> Callable[[Unit], bool]:
    """At most 3 queries, none without a filter."""
    path = Region.objects.filter(code=asked.block).values_list("path", flat=True).first() if asked.block else ""
    of_line: set[int] | None = None
    if asked.line:
        of_line = set(Line.objects.filter(subject=asked.line).values_list("unit", flat=True))
        of_line |= set(Supervision.objects.filter(subject=asked.line).values_list("unit", flat=True))

    def wanted(unit: Unit) -> bool:
        return unit.region.path.startswith(path or "") and (of_line is None or unit.pk in of_line)

    return wanted
