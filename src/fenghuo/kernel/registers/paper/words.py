"""Words that Word and PDF print alike."""

from django.utils.translation import gettext as _


def head_line() -> tuple[str, str]:
    return _("Unit that fills it in:"), _("Date:")


def signatures() -> tuple[str, str]:
    return _("Filled in by (signature):"), _("Checked by (signature):")


def check_words() -> str:
    return "□ " + _("right")


def change_words() -> str:
    return "□ " + _("change to:")


def notes_title() -> str:
    return _("How to fill it in")


def card_heads() -> tuple[str, str, str]:
    """Of the table in which a row is checked."""
    return _("What is asked"), _("As it stands in the register"), _("Checked")
