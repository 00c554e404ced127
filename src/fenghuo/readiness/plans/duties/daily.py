"""The course over time: once a day how many plans are asked for and filed is kept, by place and line."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Substr

from fenghuo.kernel.access.models import Region
from fenghuo.kernel.access.models.regions import PATH_STEP
from fenghuo.kernel.registry.selectors import home_region

from ..models import CoverageDay, CoverageRules, Duty, DutyState
from ..selectors.coverage import counted


def keep_day(today: date) -> bool:
    """Keep how it stands at the first look of this day; whether that was now. 1 query when it is kept already."""
    if CoverageRules.objects.filter(pk=1, counted_on__gte=today).exists():
        return False
    home = home_region()
    if home is None:
        return False
    length = len(home.path) + PATH_STEP
    inside = Duty.objects.filter(unit__record__block__startswith=home.path)
    town = Substr("unit__record__block", 1, length)
    rows: dict[tuple[str, str, str], list[int]] = {}
    for path, who, state, count in counted(inside, town):
        _add(rows, ("", path if len(path) == length else home.path, who), state, count)
    supervised = inside.filter(unit__supervisions__isnull=False).annotate(line=F("unit__supervisions__subject"))
    for subject in sorted(set(supervised.values_list("line", flat=True))):
        for path, who, state, count in counted(supervised.filter(line=subject), town):
            _add(rows, (subject, path if len(path) == length else home.path, who), state, count)
    regions = dict(Region.objects.filter(path__in={path for _s, path, _w in rows}).values_list("path", "pk"))
    with transaction.atomic():
        kept, _made = CoverageRules.objects.select_for_update().get_or_create(pk=1, defaults={"up_to": 0})
        if kept.counted_on is not None and kept.counted_on >= today:
            return False
        CoverageDay.objects.bulk_create(
            CoverageDay(day=today, region_id=regions[path], subject=subject, who=who, asked=asked, filed=filed)
            for (subject, path, who), (asked, filed) in rows.items()
            if path in regions
        )
        kept.counted_on = today
        kept.save(update_fields=["counted_on"])
    return True


def _add(rows: dict[tuple[str, str, str], list[int]], key: tuple[str, str, str], state: str, count: int) -> None:
    sums = rows.setdefault(key, [0, 0])
    sums[0] += count
    if state == DutyState.FILED:
        sums[1] += count
