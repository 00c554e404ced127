"""Reporting on time: of the reports that were due on incidents, those that went up within their time."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.clocks.models import Clock
from fenghuo.kernel.measures.asking import Ask, Lack, Moment, Piece, Progress
from fenghuo.kernel.measures.registering import Measure, add
from fenghuo.kernel.measures.windows import Windows


def _due(moment: Moment) -> QuerySet[Clock]:
    """What had come due by then; a duty that ceased before its time was none."""
    found = Clock.objects.filter(record__kind="incident", record__exercise=False, window=False, missing_year=None)
    ceased = Q(ended_at__isnull=False) & Q(ended_at__lte=F("due_at")) & Q(met_at=None)
    return found.filter(due_at__lt=moment.at, paused_at=None).exclude(ceased)


_IN_TIME = Q(met_at__lte=F("due_at"))


def count(asks: Sequence[Ask], _units: Sequence[Unit], moment: Moment) -> list[Mapping[int, Progress]]:
    """1 query."""
    windows = Windows(asks, moment)
    rows = _due(moment).filter(due_at__gte=windows.begin).order_by()
    grouped = rows.values_list("record__unit", windows.by("due_at"))
    counts: dict[int, dict[int, tuple[int, int]]] = {}
    for unit, slot, due, kept in grouped.annotate(n=Count("pk"), kept=Count("pk", filter=_IN_TIME)):
        if unit is not None:
            counts.setdefault(slot, {})[unit] = (kept, due)
    found: list[Mapping[int, Progress]] = []
    for ask in asks:
        summed: dict[int, Progress] = {}
        for slot in windows.slots(ask):
            for unit, (kept, due) in counts.get(slot, {}).items():
                before = summed.get(unit, Progress(0, 0))
                summed[unit] = Progress(before.value + kept, (before.asked or 0) + due)
        found.append(summed)
    return found


def _of(ask: Ask, unit: Unit, moment: Moment) -> QuerySet[Clock]:
    found = _due(moment).filter(record__unit=unit, due_at__gte=ask.since, due_at__lt=ask.until)
    return found.select_related("record").order_by("due_at", "pk")


def pieces(ask: Ask, unit: Unit, moment: Moment) -> list[Piece]:
    return [
        Piece(one.record_id, f"{one.record.number} {one.record.title}", one.rule, on=timezone.localdate(one.met_at))
        for one in _of(ask, unit, moment).filter(_IN_TIME)
    ]


def lacks(ask: Ask, unit: Unit, moment: Moment) -> list[Lack]:
    return [
        Lack(
            f"{one.record.number} {one.record.title}",
            note=_("%(rule)s was due on %(day)s") % {"rule": one.rule, "day": timezone.localdate(one.due_at)},
            record=one.record_id,
        )
        for one in _of(ask, unit, moment).exclude(_IN_TIME)
    ]


add(
    Measure(
        "incidents.reported_in_time", gettext_lazy("reports on incidents up in time"), count, pieces, lacks, share=True
    )
)
