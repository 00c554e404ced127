"""The demo county's places, units and people. Found and called by the demo command."""

from .county import Demo
from .people import load_people
from .places import load_places
from .units import load_units

ORDER = 10


def load(demo: Demo) -> None:
    load_places(demo)
    load_units(demo)
    load_people(demo)
