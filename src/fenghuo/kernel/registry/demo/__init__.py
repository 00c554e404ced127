"""The demo county's places, units and people. Found and called by the demo command."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .county import Demo

ORDER = 10


def load(demo: "Demo") -> None:
    from .people import load_people
    from .places import load_places
    from .units import load_units

    load_places(demo)
    load_units(demo)
    load_people(demo)
