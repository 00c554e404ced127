"""How figures, kinds and marks are called on pages."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fenghuo.kernel.web.words import english
from fenghuo.standards.kinds import KINDS
from fenghuo.standards.measures import MEASURES

from .models import FIGURES, Level

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
    return kind.en if english() else kind.zh


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


def figure_word(name: str) -> str:
    """A figure of people, or another measure, in the reader's language."""
    if name in FIGURE_WORDS:
        return str(FIGURE_WORDS[name])
    measure = MEASURES[name]
    return measure.en if english() else measure.zh


def figure_value(name: str, value: float) -> str:
    """The number with its unit, or the word of the choice."""
    shown = f"{value:g}"
    if name in FIGURE_WORDS:
        return shown
    measure = MEASURES[name]
    if words := measure.choices.get(int(value)):
        return words[1] if english() else words[0]
    return f"{shown} {measure.unit_en if english() else measure.unit_zh}".strip()


def why_said(why: Mapping[str, int]) -> list[str]:
    """The reasons of a likely duplicate, as short phrases."""
    language = get_language()
    return [_reason(language, reason, number) for reason, number in why.items()]


@lru_cache(maxsize=4096)
def _reason(_language: str | None, reason: str, number: int) -> str:
    """Kept, since intake says fifteen for each report; for each language its own."""
    match reason:
        case "caller":
            return _("same caller")
        case "metres":
            return _("%(distance)s apart") % {"distance": distance(number)}
        case "metres_about":
            return _("about %(distance)s apart") % {"distance": distance(number)}
        case "village":
            return _("same village")
        case "town":
            return _("same town")
        case "minutes":
            return _("%(minutes)s min apart") % {"minutes": number}
        case "kind":
            return _("same kind")
        case "kind_near":
            return _("similar kind")
        case "kind_other":
            return _("another kind")
        case "words":
            return _("words %(per_cent)s %% alike") % {"per_cent": number}
        case other:
            return other


def distance(metres: int) -> str:
    """240 m, 1.3 km."""
    if metres < 1000:
        return _("%(metres)s m") % {"metres": round(metres, -1) if metres > 100 else metres}
    return _("%(kilometres)s km") % {"kilometres": f"{metres / 1000:.1f}"}


def level_name(level: int | None) -> str:
    """一般 … 特别重大, empty when not graded."""
    return str(Level(level).label) if level else ""
