"""Keeping the roots of other nodes: whoever rewrites a journal there cannot rewrite them here."""

from typing import Annotated

from django.db import transaction
from django.utils import timezone
from pydantic import Field

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.web.machine.messages import Moment, Part, example

from ..models import KeptRoot

Big = Annotated[int, Field(ge=1, le=2**62)]
EXAMPLE_HASH = "3f" * 32


class RootMessage(Part):
    """A root as `fenghuo journal roots --post` sends it. Whose it is says the token, not the message."""

    model_config = Part.model_config | example(
        node="610118000000",
        number=4711,
        last=90210,
        algorithm="sha256",
        hash=EXAMPLE_HASH,
        sealed_at="2026-05-12T03:04:05.000000Z",
    )

    node: Annotated[str, Field(max_length=32)] = ""
    number: Big
    last: Big
    algorithm: Annotated[str, Field(pattern="^(sha256|sm3)$")]
    hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    sealed_at: Moment


@transaction.atomic
def keep_root(message: RootMessage, *, by: Actor) -> tuple[KeptRoot, bool]:
    """(the row, whether it is new). The same root again changes nothing.

    Another hash of a number that is kept is kept as well, marked in the journal, and shown: it must not be lost.
    Raises: NotAllowed.
    """
    require(by, "roots.keep")
    kept, new = KeptRoot.objects.get_or_create(
        unit_id=by.unit_id,
        number=message.number,
        hash=message.hash,
        defaults={
            "last": message.last,
            "algorithm": message.algorithm,
            "sealed_at": message.sealed_at,
            "received_at": timezone.now(),
            "received_from": by.label[:200],
        },
    )
    if new:
        differs = KeptRoot.objects.filter(unit_id=by.unit_id, number=message.number).count() > 1
        public = {"number": message.number, "hash": message.hash, "differs": differs}
        record("root.kept", by, about=[kept.unit_id], public=public)
    return kept, new
