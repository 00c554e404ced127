"""Where the virus scanner listens, from the environment."""

import re

from django.core.exceptions import ImproperlyConfigured

FORM = re.compile(r"unix:/.+|tcp://(?:[\w.-]+|\[[0-9a-fA-F:]+\]):\d{1,5}")


def clamd_address(said: str) -> str:
    """ "" when there is none. Raises: ImproperlyConfigured."""
    if said and not FORM.fullmatch(said):
        raise ImproperlyConfigured(
            f"FENGHUO_CLAMD is {said!r}: write unix:/run/clamav/clamd.ctl or tcp://127.0.0.1:3310, or leave it empty"
        )
    return said
