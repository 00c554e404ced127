"""PDF by Typst. It needs a Chinese font of this computer."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Refused

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


def typeset(form: bytes, data: Mapping[str, Any]) -> bytes:
    """The PDF of a Typst form, which finds `data` with fonts, lang and region in its input. Raises: NoFont."""
    if not fonts():
        raise NoFont(_("No Chinese font is installed on the server, so no PDF can be made. Print the page instead."))
    language = get_language() or "zh-hans"
    said = {**data, "fonts": fonts(), "lang": language[:2], "region": "CN" if language.startswith("zh") else None}
    made = typst.compile(form, format="pdf", sys_inputs={"data": json.dumps(said)})
    assert isinstance(made, bytes)
    return made


@cache
def fonts() -> tuple[str, ...]:
    """Those of FONTS that are there, with one for the signs that they lack."""
    there = set(typst.Fonts().families())
    return tuple(name for name in FONTS if name in there)
