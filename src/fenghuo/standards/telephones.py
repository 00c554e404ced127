"""Telephone numbers as people write them: spaces, hyphens, brackets, full-width digits."""

import re
import unicodedata

_WRITTEN = re.compile(r"\+?\(?\d[\d ()\-]*")
FEWEST, MOST = 3, 15  # digits: 119; E.164


def read_telephone(text: str) -> str | None:
    """The number in plain digits and separators, as it can be dialled; None when it is none."""
    plain = unicodedata.normalize("NFKC", text).replace("–", "-").replace("—", "-").strip()
    if not _WRITTEN.fullmatch(plain) or not FEWEST <= sum(sign.isdigit() for sign in plain) <= MOST:
        return None
    return plain
