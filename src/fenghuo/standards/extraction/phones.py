"""Telephone numbers in text: mobiles, fixed lines with area code, service numbers (domain-rules 11.4)."""

import re

from .found import Found

NUMBER = re.compile(
    r"(?<![\d.])(?:(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})"
    r"|(0\d{2,3}[- ]?\d{3,4}[- ]?\d{4}(?:-\d{1,6})?)"
    r"|([48]00[- ]?\d{3}[- ]?\d{4})"
    r"|((?<=电话)[:]?\s*\d{7,8}))(?!\d)"
)


def find_phones(text: str) -> list[Found[str]]:
    """As dialled, without spaces; 029-84800000 keeps its hyphen."""
    found: dict[str, Found[str]] = {}
    for match in NUMBER.finditer(text):
        words = match[0]
        mobile, fixed, service, bare = match.groups()
        value = re.sub(r"[- ]", "", mobile) if mobile else _dialled(fixed or service or bare)
        found.setdefault(value, Found(value, words, match.start(), match.end(), 0.95 if not bare else 0.8))
    return list(found.values())


def _dialled(words: str) -> str:
    """029-8481 2345 is dialled 029-84812345."""
    area, hyphen, rest = words.lstrip(": ").partition("-")
    return re.sub(r" ", "", f"{area}{hyphen}{rest}")
