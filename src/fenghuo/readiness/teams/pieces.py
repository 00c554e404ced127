"""Equipment as people write it: one piece a line, or one after the other in a cell."""

import re
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

from .services import Piece

_PIECE = re.compile(r"(?P<name>.*?\S)[\s,,::x×*]+(?P<count>-?\d+)\s*(?P<measure>\D{0,12})")


def read_pieces(text: str) -> list[Piece]:
    """液压破拆工具 2 套. Rows pasted from a sheet (with tabs) are read too. Raises: ValueError naming the line."""
    lines = unicodedata.normalize("NFKC", text).replace("、", "\n").replace(";", "\n").splitlines()
    return [_piece(place, line.strip()) for place, line in enumerate(lines, 1) if line.strip()]


def written(pieces: Iterable[Piece]) -> str:
    """As `read_pieces` reads it."""
    return "\n".join(f"{piece.name} {piece.count} {piece.measure}".strip() for piece in pieces)


def _piece(place: int, line: str) -> Piece:
    found = _PIECE.fullmatch(line)
    if found is None or len(found["count"]) > 9:
        words = _("Line %(place)s, “%(line)s”: write name, number and unit of measure, for example: boat 2 pieces")
        raise ValueError(words % {"place": place, "line": line[:40]})
    return Piece(found["name"], int(found["count"]), found["measure"].strip())
