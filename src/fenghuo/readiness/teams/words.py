"""Names of capabilities, and other words of this room, in the reader's language."""

from collections.abc import Iterable

from fenghuo.kernel.web.words import english
from fenghuo.standards.capabilities import CAPABILITIES


def capability_name(slug: str) -> str:
    """The capability in the reader's language; an unknown slug as it stands."""
    capability = CAPABILITIES.get(slug)
    if capability is None:
        return slug
    return capability.en if english() else capability.zh


def capability_choices() -> list[tuple[str, str]]:
    return [(slug, capability_name(slug)) for slug in CAPABILITIES]


def capability_names(slugs: Iterable[str]) -> list[str]:
    """In the order of the standards' table, so that teams can be compared by eye."""
    known = list(CAPABILITIES)
    return [
        capability_name(slug) for slug in sorted(slugs, key=lambda slug: known.index(slug) if slug in known else 99)
    ]
