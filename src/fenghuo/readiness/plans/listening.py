"""What happens to units elsewhere changes who must have a plan: heard in the transaction of the change."""

from fenghuo.kernel.journal.listeners import Noted, on

from .duties import refresh_duties
from .services.lines import move_with_units, set_lines_of_units

CHANGING = ("unit.created", "unit.changed", "unit.renamed", "unit.ended", "unit.merged", "unit.separated")


TOUCHING = {"name", "kind", "region"}  # what of a unit decides on its plans


def _changed(noted: list[Noted]) -> None:
    touched = [one for one in noted if one.verb != "unit.changed" or not TOUCHING.isdisjoint(one.public["fields"])]
    units = {unit for note in touched for unit in note.about}
    if not units:
        return
    move_with_units(units)
    refresh_duties(units)


for verb in CHANGING:
    on(verb)(_changed)


@on("unit.supervision_set")
def supervised_by_others(noted: list[Noted]) -> None:
    set_lines_of_units({note.about[0] for note in noted})
