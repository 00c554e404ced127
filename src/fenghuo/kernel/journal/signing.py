"""The installation's signature under what leaves it: Ed25519, with a key that is made at its first use."""

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings


def key_file() -> Path:
    return Path(settings.DATA) / "journal_key.pem"


def sign(content: bytes) -> bytes:
    """64 bytes (RFC 8032)."""
    return _private_key(key_file()).sign(content)


def is_signed(content: bytes, signature: bytes, public_pem: bytes) -> bool:
    """Raises: ValueError, when `public_pem` is no Ed25519 key."""
    key = load_pem_public_key(public_pem)
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("not an Ed25519 key")
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def public_key() -> bytes:
    """PEM. What others compare the key in an export with; it is no secret."""
    return _private_key(key_file()).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(public_pem: bytes) -> str:
    """SHA-256 (hex) of the key in DER: short enough to be read out by telephone. Raises: ValueError."""
    key = load_pem_public_key(public_pem)
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


@lru_cache(maxsize=4)
def _private_key(path: Path) -> Ed25519PrivateKey:
    if not path.exists():
        _make(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} is not an Ed25519 key")
    return key


def _make(path: Path) -> None:
    """Written beside and linked, so that two processes agree on one and a kill leaves no half of one."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    fresh.touch(mode=0o600)
    with fresh.open("wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass  # another process was faster: its key counts
    finally:
        fresh.unlink()
