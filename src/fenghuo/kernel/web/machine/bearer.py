"""Who a machine is: `Authorization: Bearer <token>`. Looked up afresh each time, so revoking works at once."""

from collections.abc import Iterable

from django.utils import timezone

from fenghuo.kernel.access.actor import Actor, actor_for_token, token_is_valid
from fenghuo.kernel.access.models import Token
from fenghuo.kernel.registry.services.tokens import digest


def key_in(authorization: str) -> str:
    """The token in the header's value, or "" when it is no bearer header."""
    scheme, _space, key = authorization.strip().partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def actors_of(authorizations: Iterable[str]) -> dict[str, Actor]:
    """Valid tokens only, by header value; two queries for however many headers."""
    digests = {header: digest(key) for header in set(authorizations) if (key := key_in(header))}
    if not digests:
        return {}
    now = timezone.now()
    rows = Token.objects.select_related("unit__region", "unit__record").filter(digest__in=set(digests.values()))
    by_digest = {row.digest: actor_for_token(row) for row in rows if token_is_valid(row, now)}
    return {header: by_digest[value] for header, value in digests.items() if value in by_digest}


def actor_of(authorization: str) -> Actor | None:
    return actors_of([authorization]).get(authorization)
