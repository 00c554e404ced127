"""The county's places as intake needs them: its area and its gazetteer. Kept in memory, checked by one small query."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from fenghuo.geo.areas import Area
from fenghuo.geo.gazetteer import Gazetteer, NamedPlace
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.access.pipeline import ask

from .models import Name, NameKind
from .selectors import home_region

REMEMBERED = 4096  # addresses


@dataclass(frozen=True, slots=True)
class Place:
    region_id: int
    code: str
    name: str
    path: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Places:
    home_id: int | None
    home_path: str
    area: Area | None
    gazetteer: Gazetteer = field(default_factory=lambda: Gazetteer(()))
    by_code: dict[str, Place] = field(default_factory=dict)
    _asked: dict[str, Place | None] = field(default_factory=dict)

    def region_in(self, address: str) -> Place | None:
        """The region that the address names without doubt; what is ambiguous is left to a person."""
        if address not in self._asked:  # on a bad night the same places are named again and again
            if len(self._asked) >= REMEMBERED:
                self._asked.clear()
            found = self.gazetteer.find(address)
            self._asked[address] = self.by_code.get(found.value.code or "") if found else None
        return self._asked[address]


def places() -> Places:
    return ask_places()()


def ask_places() -> Callable[[], Places]:
    """The places as they are now: rebuilt only when names or regions have changed (one small query); see `ask`."""
    found = ask("SELECT COUNT(*), COALESCE(MAX(id), 0) FROM registry_name WHERE record_kind = 'region'")
    return lambda: _places(*found()[0])


@lru_cache(maxsize=1)
def _places(_count: int, _last: int) -> Places:
    home = home_region()
    if home is None:
        return Places(None, "", None)
    below = {region.pk: region for region in Region.objects.filter(path__startswith=home.path)}
    area = Area.from_geojson(home.boundary) if home.boundary else None
    by_code = {
        region.code: Place(region.pk, region.code, region.name, region.path, region.latitude, region.longitude)
        for region in below.values()
        if region.pk != home.pk
    }
    return Places(home.pk, home.path, area, Gazetteer(_named(below)), by_code)


def _named(regions: dict[int, Region]) -> Iterator[NamedPlace]:
    for name in Name.objects.filter(record_kind="region", record_id__in=regions, kind__in=NameKind.values):
        region = regions[name.record_id]
        yield NamedPlace(
            region.code,
            name.text,
            region.path,
            region.level,
            region.latitude,
            region.longitude,
            former=name.kind == NameKind.FORMER,
        )
