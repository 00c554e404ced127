"""What may be asked of regions, units, people and posts."""

from .finding import Found, find_people, find_regions, find_units
from .people import demo_accounts, on_duty, on_duty_at_desk, people, posts_held, posts_in
from .regions import around, home_region, position_of, region_by_code
from .units import unit_by_code, unit_with_lines, units

__all__ = [
    "Found",
    "around",
    "demo_accounts",
    "find_people",
    "find_regions",
    "find_units",
    "home_region",
    "on_duty",
    "on_duty_at_desk",
    "people",
    "position_of",
    "posts_held",
    "posts_in",
    "region_by_code",
    "unit_by_code",
    "unit_with_lines",
    "units",
]
