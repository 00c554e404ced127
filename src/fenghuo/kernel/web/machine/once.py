"""Doing a thing once however often it is sent: the Idempotency-Key."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Gone, Invalid

from ..models import Answered
from .problems import to_json

KEY_MOST = 128


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: JSON text, and the record it is about."""

    status: int
    body: str
    record_id: int | None = None


def check_key(key: str | None) -> str | None:
    """The key as given, or None when absent. Raises: Invalid."""
    if key is None:
        return None
    if not 1 <= len(key) <= KEY_MOST or not key.isprintable():
        raise Invalid(Fault("Idempotency-Key", _("must be 1 to 128 printable characters"), key[:200]))
    return key


def repeated(stored: Answered, digest: str) -> Answer:
    """The stored answer. Raises: Gone (a destruction order removed it), Conflict (the key came with other content)."""
    if not stored.body:
        raise Gone(
            _("This request was carried out before, for %(what)s; its answer has been destroyed by order.")
            % {"what": stored.record.number if stored.record else "–"}
        )
    if stored.digest != digest:
        raise Conflict(
            _("This Idempotency-Key was used before with other content, for %(what)s. Use a new key for a new request.")
            % {"what": stored.record.number if stored.record else "–"}
        )
    return Answer(200 if stored.status == 201 else stored.status, stored.body, stored.record_id)


def once(by: Actor, key: str | None, digest: str, do: Callable[[], tuple[int, dict[str, Any], int | None]]) -> Answer:
    """Carry out `do` and keep its answer under the key, in one transaction; or give the kept answer.

    `do` returns (status, document, record id). Raises: Conflict and whatever `do` raises.
    """
    checked = check_key(key)
    try:
        with transaction.atomic():
            if checked and (stored := _stored(by, checked)):
                return repeated(stored, digest)
            status, document, record_id = do()
            answer = Answer(status, to_json(document), record_id)
            if checked:
                Answered.objects.create(
                    token_id=by.machine,
                    key=checked,
                    digest=digest,
                    record_id=record_id,
                    status=status,
                    body=answer.body,
                )
            return answer
    except IntegrityError:
        # The same key arrived twice at once and the other was faster: its answer stands.
        if checked and (stored := _stored(by, checked)):
            return repeated(stored, digest)
        raise


def _stored(by: Actor, key: str) -> Answered | None:
    return Answered.objects.select_related("record").filter(token_id=by.machine, key=key).first()
