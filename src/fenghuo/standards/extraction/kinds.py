"""The kind of incident that a text tells of, by the words that people use."""

import csv
import re
from importlib.resources import files

from .found import Found

WHOLE = 9.0  # the weight of a word that leaves no doubt
DENIED = re.compile(r"(?:无|没有|未见|未发生|未发现|排除|不是|没)[^,。;]{0,2}$")
EXPLOSION = re.compile(r"爆炸|爆燃|闪爆")


def _read() -> list[tuple[str, int, re.Pattern[str]]]:
    with files(__package__).joinpath("kind_words.csv").open(encoding="utf-8") as file:
        return [(row["slug"], int(row["weight"]), re.compile(row["words"])) for row in csv.DictReader(file)]


WORDS = _read()


def find_kind(text: str) -> Found[str] | None:
    """The kind whose words weigh most; the first among equals, since bulletins name the matter first."""
    best: tuple[float, Found[str]] | None = None
    for slug, weight, pattern in WORDS:
        told = [
            match
            for match in pattern.finditer(text)
            if not DENIED.search(text, max(0, match.start() - 12), match.start())
        ]
        if not told:
            continue
        first = told[0]
        others = len({match[0] for match in told}) - 1
        score = weight + 0.5 * others - 2.0 * first.start() / max(len(text), 1)
        found = Found(slug, first[0], first.start(), first.end(), round(min(0.95, 0.35 + 0.06 * score), 2))
        if best is None or score > best[0]:
            best = (score, found)
    if best is None and (match := EXPLOSION.search(text)):
        return Found("accident_other", match[0], match.start(), match.end(), 0.4)
    return best[1] if best else None
