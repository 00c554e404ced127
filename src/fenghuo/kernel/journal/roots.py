"""Roots: a seal's number and hash, kept where nobody who can rewrite the journal can reach them."""

import json
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Fault, Invalid

from .headers import Stored
from .models import Seal

HASH = re.compile(r"[0-9a-f]{64}")


def newest_root() -> dict[str, Any] | None:
    """The newest seal as it is mailed, printed and posted; None when nothing is sealed yet."""
    seal = Seal.objects.defer("leaves").order_by("-number").first()
    return None if seal is None else root_of(seal)


def root_of(seal: Seal | Stored) -> dict[str, Any]:
    header = seal.header if isinstance(seal, Stored) else seal
    return {
        "number": header.number,
        "last": header.last,
        "algorithm": header.algorithm,
        "hash": seal.hash,
        "sealed_at": header.sealed_at,
    }


def read_roots(text: str) -> dict[int, str]:
    """Number → hash, from a root, a list of roots, or {"roots": [...]}. Raises: Invalid, naming what is wrong."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise Invalid(Fault("roots", _("cannot be read as JSON: %(reason)s") % {"reason": error})) from error
    if isinstance(content, Mapping):
        content = content.get("roots", [content])
    if not isinstance(content, list) or not content:
        raise Invalid(Fault("roots", _("must be a list of roots, each with number and hash")))
    found: dict[int, str] = {}
    for place, root in enumerate(content):
        number, digest = (root.get("number"), root.get("hash")) if isinstance(root, Mapping) else (None, None)
        if type(number) is not int or number < 1:
            raise Invalid(Fault(f"roots.{place}.number", _("must be the number of a seal"), number))
        if not isinstance(digest, str) or not HASH.fullmatch(digest.strip().lower()):
            raise Invalid(Fault(f"roots.{place}.hash", _("must be 64 hexadecimal digits"), digest))
        if found.setdefault(number, digest.strip().lower()) != digest.strip().lower():
            raise Invalid(Fault(f"roots.{place}.hash", _("two different hashes of one seal"), digest))
    return found
