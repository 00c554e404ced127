"""`prove`: everything that shows one entry to be as it was sealed, for somebody who has no database."""

from typing import Any

from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import NotFound, WrongState

from . import merkle, proof_check
from .canonical import canonical
from .hashing import digest_of
from .headers import Stored, stored_seals
from .models import Position, Seal
from .sealing import leaf_of
from .walking import Held, walk


def prove(entry: int, *, until: str | None = None, private: bool = False) -> dict[str, Any]:
    """A proof as proof_check.py reads it. `until`: number or hash of the seal that the reader holds, else the newest.

    `private`: with the private value and its salt; who asks for them must have put that on record.
    Raises: NotFound (no such entry, no such seal), WrongState (not sealed yet, or changed since).
    """
    position = Position.objects.filter(entry=entry).values_list("pk", flat=True).first()
    if position is None:
        raise NotFound(_("The journal has no entry %(entry)s with a position.") % {"entry": entry})
    number = Seal.objects.filter(first__lte=position, last__gte=position).values_list("pk", flat=True).first()
    if number is None:
        raise WrongState(_("The entry is not sealed yet. While Fenghuo is running, that happens within seconds."))
    last = _last(number, until)
    (own,) = stored_seals(number - 1, number)
    seals = [own, *stored_seals(number, last, leaves=False)]
    held = next(walk(position - 1, position))
    proof: dict[str, Any] = {
        "format": proof_check.FORMAT,
        "entry": {
            "position": held.position,
            "entry": held.entry,
            "at": held.at,
            "about_rows": held.about.rows,
            "text": held.text,
        },
        "private": _private(held, shown=private),
        "path": _path(own, held),
        "seals": [{**seal.header.document(), "hash": seal.hash} for seal in seals],
    }
    digest = digest_of(seals[-1].header.algorithm)
    proof["digest"] = digest(canonical(proof).encode()).hex()
    try:
        proof_check.check(proof)
    except proof_check.Refused as refused:
        raise _changed() from refused
    return proof


def _last(number: int, until: str | None) -> int:
    if until is None:
        return Seal.objects.order_by("-number").values_list("pk", flat=True)[0]
    wanted = Seal.objects.filter(hash=until.strip().lower())
    if until.isascii() and until.isdigit() and len(until) < 19:
        wanted = Seal.objects.filter(number=int(until))
    found = wanted.values_list("pk", flat=True).first()
    if found is None or found < number:
        raise NotFound(
            _("There is no seal %(seal)s that comes after the entry, which is in seal %(number)s.")
            % {"seal": until, "number": number}
        )
    return found


def _path(own: Stored, held: Held) -> list[str]:
    index = held.position - own.header.first
    digest = digest_of(own.header.algorithm)
    if len(own.leaves) != own.header.count or own.leaves[index] != f"{held.entry} {leaf_of(digest, held).hex()}":
        raise _changed()
    try:
        leaves = [bytes.fromhex(line.partition(" ")[2]) for line in own.leaves]
    except ValueError as error:
        raise _changed() from error
    return [node.hex() for node in merkle.path(digest, leaves, index)]


def _private(held: Held, *, shown: bool) -> dict[str, Any] | None:
    if held.destroyed is not None:
        return {"destroyed_by": held.destroyed}
    if held.private is None or not shown:
        return None
    value, salt = held.private
    return {"value": value, "salt": salt}


def _changed() -> WrongState:
    return WrongState(_("The entry is not as it was sealed: run `fenghuo journal verify`."))
