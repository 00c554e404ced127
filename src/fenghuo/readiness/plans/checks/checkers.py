"""Who visits a unit that was drawn, until the organiser says otherwise."""

from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.models.units import UnitKind

from ..models import CheckRound


class Checkers:
    """Of the units that take part: first the department that supervises it (the main one before others), then the
    township in whose place it lies, else whoever has the fewest by then; without any the organiser. Never itself.
    """

    def __init__(self, round_: CheckRound) -> None:
        parts = round_.part_rows.select_related("unit__region").order_by("unit__code")
        self._parts = [row.unit for row in parts]
        self._organiser = round_.record.unit_id or 0
        self._given = dict.fromkeys((unit.pk for unit in self._parts), 0)

    def of(self, unit: Unit) -> int:
        """The key of the unit that visits."""
        found = self._found(unit)
        if found in self._given:
            self._given[found] += 1
        return found

    def _found(self, unit: Unit) -> int:
        there = [one for one in self._parts if one.pk != unit.pk]
        keys = {one.pk for one in there}
        for row in sorted(unit.supervisions.all(), key=lambda row: (not row.main, row.subject)):
            if row.department_id in keys:
                return int(row.department_id)
        towns = [one for one in there if one.kind == UnitKind.TOWNSHIP]
        near = next((one for one in towns if unit.region.path.startswith(one.region.path)), None)
        if near is not None:
            return int(near.pk)
        # A township goes to its own place only: others are shared among the departments.
        others = [one for one in there if one.kind != UnitKind.TOWNSHIP]
        return min(others, key=lambda one: self._given[one.pk]).pk if others else self._organiser
