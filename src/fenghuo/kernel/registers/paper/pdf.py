"""The paper as PDF, by Typst. It needs a Chinese font of this computer; where there is none, Word's form remains."""

import json
from functools import cache
from importlib.resources import files

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Refused

from . import words
from .sheet import ROWS, Paper

# What Windows, Linux and the offices of WPS bring, what official papers use first.
FONTS = (
    "FangSong",
    "STFangsong",
    "SimSun",
    "NSimSun",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
)


class NoFont(Refused):
    """This computer has no font with Chinese signs."""

    status = 503


def paper_pdf(paper: Paper) -> bytes:
    """Raises: NoFont."""
    if not _fonts():
        message = _("No Chinese font is installed on the server, so no PDF can be made. Take the form for Word.")
        raise NoFont(message)
    language = get_language() or "zh-hans"
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
        "fonts": _fonts(),
        "lang": language[:2],
        "region": "CN" if language.startswith("zh") else None,
    }
    form = files(__package__).joinpath("form.typ").read_bytes()
    made = typst.compile(form, format="pdf", sys_inputs={"data": json.dumps(data)})
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> tuple[str, ...]:
    """Those of FONTS that are there, with one for the signs that they lack."""
    there = set(typst.Fonts().families())
    return tuple(name for name in FONTS if name in there)
