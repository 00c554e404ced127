"""Rows of one file that say the same thing twice, or two things of one."""

from .faults import Fault, Weight
from .fields import Layout
from .table import Reading, Row
from .values import Scalar


def note_repeats(reading: Reading, layout: Layout) -> None:
    """The later of two rows with the same key gets a fault: a warning when they agree in all, else an error.

    Where a field of the key has no column or is empty, sheet and group stand in for it, and it stays a warning.
    """
    first: dict[tuple[Scalar, ...], Row] = {}
    for row in reading.rows:
        values = [row.value(name) for name in layout.key]
        if all(value is None for value in values):
            continue
        whole = all(value is not None for value in values)
        key = (*values,) if whole else (*values, row.sheet, row.group)
        before = first.setdefault(key, row)
        if before is row:
            continue
        same = {name: one.value for name, one in row.values.items()} == {
            name: one.value for name, one in before.values.items()
        }
        name = next(name for name in layout.key if row.value(name) is not None)
        found = row.values[name]
        params = {"row": str(before.number), "sheet": before.sheet}
        if same and not row.faults:
            row.repeats = before.number
            row.faults.append(Fault("row.twice", found.given, params, name, found.place, "warning"))
        else:
            weight: Weight = "error" if whole else "warning"
            row.faults.append(Fault("row.same_key", found.given, params, name, found.place, weight))
