"""What should be covered: the villages and communities of the county. Names, places and populations are public."""

from dataclasses import dataclass

from fenghuo.kernel.access.models import Region
from fenghuo.kernel.access.scoped import ABOVE_DIGITS
from fenghuo.kernel.registry.naming import spoken
from fenghuo.kernel.registry.selectors import home_region


@dataclass(frozen=True, slots=True)
class Village:
    """`town`: the name of its town; `estimated`: its position was placed by hand."""

    code: str
    name: str
    town: str
    people: int | None
    latitude: float | None
    longitude: float | None
    estimated: bool


def villages(town: str = "") -> list[Village]:
    """Those of the county that there are today, by code; `town`: a code, only those below it. 2 queries."""
    home = home_region()
    if home is None:
        return []
    found = Region.objects.filter(
        level="village", valid_to=None, path__gte=home.path, path__lt=home.path + ABOVE_DIGITS
    ).select_related("parent")
    if town:
        found = found.filter(parent__code=town)
    return [
        Village(
            code=one.code,
            name=spoken(one.name),
            town=one.parent.name if one.parent else "",
            people=one.people,
            latitude=one.latitude if one.longitude is not None else None,
            longitude=one.longitude if one.latitude is not None else None,
            estimated=one.position_estimated,
        )
        for one in found.order_by("code")
    ]


def towns() -> list[tuple[str, str]]:
    """(code, name) of the towns of the county."""
    home = home_region()
    found = Region.objects.filter(parent=home, level="town", valid_to=None).order_by("code") if home else []
    return [(one.code, one.name) for one in found]
