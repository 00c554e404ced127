"""Checks of plans on the spot, by who organises them."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.measures.asking import Ask, Lack, Moment, Piece, Progress
from fenghuo.kernel.measures.windows import Windows

from ..models import CheckRound


def count_rounds(asks: Sequence[Ask], _units: Sequence[Unit], moment: Moment) -> list[Mapping[int, Progress]]:
    """Checks on the spot whose sample was drawn in the time, by their organiser. 1 query."""
    windows = Windows(asks, moment)
    rows = CheckRound.objects.filter(drawn_at__gte=windows.begin, drawn_at__lt=windows.end, record__exercise=False)
    found: list[dict[int, Progress]] = [{} for _ask in asks]
    slots = [set(windows.slots(ask)) for ask in asks]
    for unit, slot in rows.order_by().values_list("record__unit", windows.by("drawn_at")):
        for place in range(len(asks)):
            if slot in slots[place]:
                before = found[place].get(unit, Progress(0))
                found[place][unit] = Progress(before.value + 1)
    return list(found)


def round_pieces(ask: Ask, unit: Unit, moment: Moment) -> list[Piece]:
    rows = CheckRound.objects.filter(record__unit=unit, record__exercise=False, drawn_at__gte=ask.since)
    return [
        Piece(one.pk, f"{one.record.number} {one.record.title}", on=timezone.localdate(one.drawn_at))
        for one in rows.filter(drawn_at__lt=min(ask.until, moment.at)).select_related("record").order_by("drawn_at")
    ]


def round_lacks(_ask: Ask, _unit: Unit, _moment: Moment) -> list[Lack]:
    return [Lack(_("a check of plans whose sample is drawn"), reverse("plans:check_rounds"))]
