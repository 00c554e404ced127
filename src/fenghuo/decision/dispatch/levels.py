"""What plans are compared by, the first that differs decides; and what a plan is worth, counted in whole numbers."""

from enum import StrEnum


class Level(StrEnum):
    """In this order. Less is better in each."""

    UNMET_MUST = "unmet_must"
    """Teams that must be there and are missing, each times its incident's weight."""
    MOVED = "moved"
    """Jobs that teams on the way could do at their incident and that are taken from them."""
    UNKNOWN_MUST = "unknown_must"
    """Of what must be there, teams whose arrival nobody knows."""
    LATEST_MUST = "latest_must"
    """Steps (minutes) until the last of what must be there has come, anywhere."""
    TOTAL_MUST = "total_must"
    """Steps until each of what must be there has come, times the weight, added up."""
    UNMET_SHOULD = "unmet_should"
    """Teams that should be there and are missing, each times its incident's weight."""
    UNKNOWN_SHOULD = "unknown_should"
    TOTAL_SHOULD = "total_should"
    """As `total_must`, of what should be there."""
    COVER_LOST = "cover_lost"
    """People who lose the last team that would be there in time."""
    SECONDS = "seconds"
    """Tenths of a second until each has come, added up."""
    LOAD = "load"
    """Call-outs today of those sent, added up."""
    TEAMS = "teams"
    """How many are sent."""
    ORDER = "order"
    """Places of those sent in the order of ids, added up; only to tell equals apart."""
    PLACES = "places"
    """The same with the places of their incidents; only to tell equals apart."""


MEANT = tuple(level for level in Level if level not in (Level.ORDER, Level.PLACES))  # what a person would weigh
type Worth = dict[Level, int]


def worse_from(one: Worth, than: Worth) -> Level | None:
    """The first level in which two plans differ, None when they are worth the same."""
    return next((level for level in Level if one[level] != than[level]), None)


def key(worth: Worth) -> tuple[int, ...]:
    """Less is better."""
    return tuple(worth[level] for level in Level)
