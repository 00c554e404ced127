from typing import Any

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.registry.services import create_unit
from tests.county import County
from tests.register_suite import KNOWN_TO_ALL, NOTHING, RegisterSuite

_made = iter(range(10**6))


class TestUnits(RegisterSuite):
    """An address book: everybody reads, those above change (decision 3)."""

    name = "units"
    wrong = {"phone": "no telephone", "name": "", "region": "999999999999"}
    new = {
        "name": "草堂纸箱厂",
        "kind": "enterprise",
        "region": "610118007000",
        "code": "91610118DEM000009A",
        "phone": "029-84812345",
    }
    cast = KNOWN_TO_ALL

    def make(self, county: County) -> Unit:
        place = next(_made)
        name = "草堂小学" if place == 0 else f"草堂小学{place}"
        return create_unit(
            by=SYSTEM, code=f"12610118DEM{place:06}A", name=name, kind="school", region=county.regions["a"]
        )

    def change(self, place: int) -> dict[str, Any]:
        return {"phone": f"029-848100{place:02}"}


assert NOTHING not in TestUnits.cast.values()
