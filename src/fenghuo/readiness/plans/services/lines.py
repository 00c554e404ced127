"""Where a plan lies and which departments it concerns: as its owner does, and as the incidents it is for."""

from collections.abc import Collection

from django.db.models import F

from fenghuo.kernel.access.models import Record, RecordSubject, Unit
from fenghuo.kernel.registry.services import set_subjects
from fenghuo.standards.kinds import KINDS

from ..models import Plan


def set_lines_of(plan: Plan) -> None:
    """4 queries at most."""
    own = list(RecordSubject.objects.filter(record=plan.record.unit_id).values_list("subject", flat=True))
    slugs = plan.covers_rows.values_list("slug", flat=True)
    covered = {subject for slug in slugs if slug in KINDS for subject in KINDS[slug].subjects}
    set_subjects(plan.record, {*own, *covered})


def set_lines_of_units(units: Collection[int]) -> None:
    """After the departments that supervise these units have changed."""
    for plan in Plan.objects.filter(record__unit__in=list(units)).select_related("record"):
        set_lines_of(plan)


def move_with_units(units: Collection[int]) -> None:
    """A unit's plans lie where it lies, and are seen from there. 1 query when all do."""
    lost = Record.objects.filter(kind="plan", unit__in=list(units)).exclude(region=F("unit__region"))
    for unit in Unit.objects.select_related("region").filter(pk__in=lost.values("unit")):
        Record.objects.filter(kind="plan", unit=unit.pk).update(region=unit.region, block=unit.region.path)
