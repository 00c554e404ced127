"""How figures, kinds and marks are called on pages."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fenghuo.standards.kinds import KINDS

from .models import FIGURES

FIGURE_WORDS = {
    "dead": gettext_lazy("Dead"),
    "missing": gettext_lazy("Missing"),
    "seriously_injured": gettext_lazy("Seriously injured"),
    "injured": gettext_lazy("Injured"),
    "trapped": gettext_lazy("Trapped"),
    "poisoned": gettext_lazy("Poisoned"),
    "moved": gettext_lazy("Moved to safety"),
}


def kind_name(slug: str) -> str:
    """The kind in the reader's language; an unknown slug as it stands."""
    kind = KINDS.get(slug)
    if kind is None:
        return slug
    return kind.en if (get_language() or "").startswith("en") else kind.zh


def figures_said(figures: Mapping[str, int]) -> list[tuple[str, int]]:
    """Word and number of each known figure; 0 is known to be none and is shown."""
    return [(str(FIGURE_WORDS[name]), figures[name]) for name in FIGURES if name in figures]


def mark_sentence(mark: Mapping[str, Any]) -> str:
    """A doubt about time or place, as a sentence that says what to do."""
    match mark.get("mark"):
        case "future":
            return _("The time given lies in the future: ask back and note the right one.")
        case "long_past":
            return _("The time given is more than a day past.")
        case "late":
            return _("It reached us more than a quarter of an hour after the call.")
        case "swapped":
            return _("Latitude and longitude seem to be swapped.")
        case "gcj02" | "bd09":
            return _("The position lies in the county only when read as %(crs)s.") % {"crs": str(mark["mark"]).upper()}
        case "outside":
            return _("The position lies outside the county.")
        case "impossible":
            return _("The position cannot be on earth.")
        case other:
            return str(other)
