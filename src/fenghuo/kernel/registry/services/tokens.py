"""Keys for machines. The key is shown once; only its hash is kept."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Token, Unit
from fenghuo.kernel.access.rights import SCOPES
from fenghuo.kernel.journal.recording import record


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def create_token(
    *, by: Actor, name: str, unit: Unit, scopes: Iterable[str], expires_at: datetime | None = None
) -> tuple[Token, str]:
    """A token and its key in clear, to be shown this once. Raises: NotAllowed, NotFound, Invalid."""
    require(by, "registry.accounts", unit)
    wanted = sorted(set(scopes))
    if not wanted or (unknown := sorted(set(wanted) - set(SCOPES))):
        allowed = _("Choose from: %(scopes)s.") % {"scopes": " ".join(SCOPES)}
        raise Invalid(Fault("scopes", allowed, unknown if wanted else []))
    key = f"fh_{secrets.token_urlsafe(32)}"
    token = Token.objects.create(
        digest=digest(key), name=name, unit=unit, scopes=" ".join(wanted), expires_at=expires_at
    )
    record("token.created", by, about=[unit], public={"token": name, "scopes": wanted})
    return token, key


@transaction.atomic
def revoke_token(token: Token, *, by: Actor) -> Token:
    require(by, "registry.accounts", token.unit)
    token = Token.objects.select_for_update(of=("self",)).select_related("unit").get(pk=token.pk)
    if token.revoked_at is not None:
        raise WrongState(_("This token has already been revoked."))
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    record("token.revoked", by, about=[token.unit], public={"token": token.name})
    return token
