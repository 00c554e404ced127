"""What may be asked of regions, units, people and posts."""

from .finding import Found, find_people, find_regions, find_units, typed_names
from .people import demo_accounts, desk_now, on_duty, posts_held, posts_in
from .regions import around, home_region, position_of, region_by_code
from .units import unit_by_code, unit_with_lines

__all__ = [
    "Found",
    "around",
    "demo_accounts",
    "desk_now",
    "find_people",
    "find_regions",
    "find_units",
    "home_region",
    "on_duty",
    "position_of",
    "posts_held",
    "posts_in",
    "region_by_code",
    "typed_names",
    "unit_by_code",
    "unit_with_lines",
]
