"""How counties write: which signs mean nothing, which mean "as above", and texts brought to one form."""

import re
import unicodedata
from functools import lru_cache

EMPTY = frozenset(
    ["无", "/", "\\", "—", "——", "-", "--", "－", "–", "暂无", "空", "／", "N/A", "n/a", "NA", "未填", "无数据", "*"]
)
ABOVE = frozenset(["〃", '"', "″", "”", "“", "''", "′′", "同上", "々", "ˮ", "＂", "....", "同前"])
PLACEHOLDERS = EMPTY | ABOVE
# Signs that nobody sees: controls, zero-width, byte order, the private ones of old fonts stay.
UNSEEN = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]"
)
SPACES = re.compile(r"[ \t\u00a0\u2002-\u200a\u3000]+")
BLANKS = re.compile(r"\s+")
REMEMBERED = 60  # characters
STEADY = re.compile(r"[ \t]*\r?\n[ \t\r\n]*")


def cleaned(text: str) -> str:
    """The text as it is kept: no unseen signs, one kind of space, no blanks at its edges; lines stay lines."""
    if text.isalnum():
        return text
    text = UNSEEN.sub("", text)
    text = SPACES.sub(" ", text)
    if "\n" in text or "\r" in text:
        text = STEADY.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.strip()


def halved(text: str) -> str:
    """For reading codes and numbers: NFKC (full-width signs become plain), no spaces at all."""
    return _short(text) if len(text) <= REMEMBERED else _halved(text)


def _halved(text: str) -> str:
    return BLANKS.sub("", unicodedata.normalize("NFKC", UNSEEN.sub("", text)))


_short = lru_cache(maxsize=8192)(_halved)  # long texts are not kept: they would fill the memory
