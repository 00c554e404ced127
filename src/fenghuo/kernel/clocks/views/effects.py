"""What a change would do to running clocks, as pages show it before it is confirmed."""

from collections.abc import Sequence
from typing import Any

from ..models import Clock
from ..services import Moved

MOST_SHOWN = 50


def effect_of(moved: Sequence[Moved]) -> dict[str, Any]:
    """What would become of running clocks: how many, which become late, which wait for a table of days off."""
    late = [one for one in moved if one.newly_late]
    first = [*late, *(one for one in moved if not one.newly_late)][:MOST_SHOWN]
    clocks = Clock.objects.select_related("record").in_bulk([one.clock for one in first])
    return {
        "count": len(moved),
        "late": len(late),
        "provisional": sum(one.missing_year is not None for one in moved),
        "rows": [(one, clocks[one.clock]) for one in first if one.clock in clocks],
        "more": len(moved) - len(first),
    }
