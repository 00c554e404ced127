"""Who a machine is: `Authorization: Bearer <token>`. Looked up afresh each time, so revoking works at once."""

from collections.abc import Iterable

from django.utils import timezone

from fenghuo.kernel.access.actor import Actor, actors_for_digests
from fenghuo.kernel.registry.services.tokens import digest


def key_in(authorization: str) -> str:
    """The token in the header's value, or "" when it is no bearer header."""
    scheme, _space, key = authorization.strip().partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def actors_of(authorizations: Iterable[str]) -> dict[str, Actor]:
    """Valid tokens only, by header value; one query for however many headers."""
    digests = {header: digest(key) for header in set(authorizations) if (key := key_in(header))}
    by_digest = actors_for_digests(sorted(set(digests.values())), timezone.now())
    return {header: by_digest[value] for header, value in digests.items() if value in by_digest}


def actor_of(authorization: str) -> Actor | None:
    return actors_of([authorization]).get(authorization)
