"""Names of code lists in the reader's language."""

from django.utils.translation import get_language

from fenghuo.standards.subjects import SUBJECTS


def subject_name(slug: str) -> str:
    zh, en = SUBJECTS.get(slug, (slug, slug))
    return en if (get_language() or "").startswith("en") else zh
