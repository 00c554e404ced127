"""The county's places as intake needs them: its area, and the region that an address names. Kept in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from fenghuo.geo.areas import Area
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.access.pipeline import ask

from .models import Name, NameKind
from .selectors import home_region

# Regions bear their committee's name in the code list; people say the village.
COMMITTEES = (("村民委员会", "村"), ("村委会", "村"), ("居民委员会", ""), ("居委会", ""))


@dataclass(frozen=True, slots=True)
class Place:
    region_id: int
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Places:
    home_id: int | None
    home_path: str
    area: Area | None
    by_name: dict[str, tuple[Place, ...]] = field(default_factory=dict)

    def region_in(self, address: str) -> Place | None:
        """The deepest region that the address names without doubt.

        A town named in the address decides between villages of one name; what stays ambiguous is left to a person.
        """
        named = [(len(name), place) for name, found in self.by_name.items() if name in address for place in found]
        chosen: Place | None = None
        for depth in sorted({len(place.path) for _length, place in named}):
            fitting = [
                (length, place)
                for length, place in named
                if len(place.path) == depth and (chosen is None or place.path.startswith(chosen.path))
            ]
            longest = max((length for length, _place in fitting), default=0)
            best = {place for length, place in fitting if length == longest}
            if len(best) > 1:
                return chosen
            chosen = best.pop() if best else chosen
        return chosen


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
    by_name: dict[str, dict[int, Place]] = {}
    for name in Name.objects.filter(record_kind="region", record_id__in=below, kind__in=NameKind.values):
        region = below[name.record_id]
        if region.pk == home.pk:
            continue
        for text in _said(name.text):
            by_name.setdefault(text, {})[region.pk] = Place(region.pk, region.name, region.path)
    area = Area.from_geojson(home.boundary) if home.boundary else None
    return Places(home.pk, home.path, area, {name: tuple(found.values()) for name, found in by_name.items()})


def _said(name: str) -> set[str]:
    """The name and how people shorten it: 草堂营村委会 → 草堂营村.

    草堂街道 stays as it is, since 草堂 alone is in many names.
    """
    said = {name}
    for committee, place in COMMITTEES:
        if name.endswith(committee):
            said.add(name.removesuffix(committee).removesuffix(place) + place)
    return {text for text in said if len(text) > 1}
