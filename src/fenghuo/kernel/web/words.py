"""Names of code lists in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import get_language

from fenghuo.standards.subjects import SUBJECTS


def subject_name(slug: str) -> str:
    zh, en = SUBJECTS.get(slug, (slug, slug))
    return en if english() else zh


def listed(words: Iterable[object]) -> str:
    """Several things one after the other, with the reader's own sign between."""
    return (", " if english() else "、").join(map(str, words))


def english() -> bool:
    return (get_language() or "").startswith("en")
