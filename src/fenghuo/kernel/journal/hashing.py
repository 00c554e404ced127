"""The two hash functions of seals: SHA-256, and SM3 (GB/T 32905-2016) where the county wants the national one."""

import hashlib
from collections.abc import Callable

from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Fault, Invalid

type Digest = Callable[[bytes], bytes]

ALGORITHMS = ("sha256", "sm3")


def digest_of(algorithm: str) -> Digest:
    """The function by its name: bytes → 32 bytes. Raises: Invalid for a name that is not in ALGORITHMS."""
    if algorithm == "sha256":
        return lambda data: hashlib.sha256(data).digest()
    if algorithm == "sm3":
        return _sm3()
    raise Invalid(
        Fault("FENGHUO_SEAL_HASH", _("must be one of: %(names)s") % {"names": ", ".join(ALGORITHMS)}, algorithm)
    )


def _sm3() -> Digest:
    """OpenSSL's where Python was built with one that has it, else that which comes with `cryptography`."""
    try:
        empty = hashlib.new("sm3")
    except ValueError:
        from cryptography.hazmat.primitives import hashes

        def packaged(data: bytes) -> bytes:
            made = hashes.Hash(hashes.SM3())
            made.update(data)
            return made.finalize()

        return packaged

    def built_in(data: bytes) -> bytes:
        made = empty.copy()  # looking it up anew costs more than hashing a short text
        made.update(data)
        return made.digest()

    return built_in
