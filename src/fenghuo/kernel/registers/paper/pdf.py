"""The paper as PDF, by Typst. It needs a Chinese font of this computer; where there is none, Word's form remains."""

from importlib.resources import files

from django.utils.translation import gettext as _

from fenghuo.kernel.documents.typesetting import NoFont, typeset

from . import words
from .sheet import ROWS, Paper

__all__ = ["NoFont", "paper_pdf"]


def paper_pdf(paper: Paper) -> bytes:
    """Raises: NoFont."""
    data = {
        "title": paper.title,
        "under": paper.under,
        "wide": paper.wide,
        "known": paper.known,
        "boxes": [
            {
                "heading": box.heading,
                "width": box.width,
                "words": box.words,
                "tall": box.tall,
                "choices": bool(box.choices),  # such a line grows with its words; others leave room to write
            }
            for box in paper.boxes
        ],
        "rows": ROWS,
        "number": _("No."),
        "notes": paper.notes,
        "notes_title": words.notes_title(),
        "head": words.head_line(),
        "heads": words.card_heads(),
        "right": words.check_words(),
        "change": words.change_words(),
        "signatures": words.signatures(),
    }
    return typeset(files(__package__).joinpath("form.typ").read_bytes(), data)
