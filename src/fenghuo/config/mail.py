"""FENGHUO_SMTP_URL read: where e-mail is handed over."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
TIMEOUT = 10  # seconds


def mailers(url: str) -> dict[str, Any]:
    """Django's MAILERS for smtp://user:password@host:port (plain), smtp+tls:// (STARTTLS) or smtps://.

    Raises: ImproperlyConfigured, naming what is wrong; the password is never repeated.
    """
    if not url:
        return {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
    wanted = "write it as smtps://user:password@host:port (or smtp+tls://, or smtp:// inside the house)"
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise ImproperlyConfigured(f"FENGHUO_SMTP_URL begins with {parts.scheme or 'no scheme'}: {wanted}.")
    try:
        port = parts.port or SCHEMES[parts.scheme]
    except ValueError as error:
        raise ImproperlyConfigured(f"FENGHUO_SMTP_URL has a port that is no number: {wanted}.") from error
    if not parts.hostname:
        raise ImproperlyConfigured(f"FENGHUO_SMTP_URL names no host: {wanted}.")
    options = {
        "host": parts.hostname,
        "port": port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": TIMEOUT,
    }
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
