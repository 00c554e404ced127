"""FENGHUO_SEAL_HASH read: by which function new entries are sealed. Each seal names its own, so it may change."""

from django.core.exceptions import ImproperlyConfigured

KNOWN = ("sha256", "sm3")


def seal_hash(name: str) -> str:
    """The function's name; SHA-256 unless said otherwise. Raises: ImproperlyConfigured."""
    wanted = name.strip().lower() or KNOWN[0]
    if wanted not in KNOWN:
        raise ImproperlyConfigured(f"FENGHUO_SEAL_HASH is {name}: write one of {', '.join(KNOWN)}.")
    return wanted
