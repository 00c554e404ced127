"""How a name may be typed: characters, full pinyin, initials, with every reading of a polyphonic character."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pypinyin import Style, pinyin

MOST = 1000  # characters of the column

# What is no character stays as it is, letter by letter (the library takes a list too, though it does not say so).
LETTERS: Callable[[str], Any] = list


@lru_cache(maxsize=32_768)  # a large workbook asks twice for each of its names: when it is tried, and when it goes in
def search_keys(name: str) -> str:
    """The name, its pinyin and its initials, lower case, one space before each, at most 1,000 characters.

    The usual reading of the whole name comes first, then those in which one character is read otherwise.
    """
    usual = _usual(name)
    readings = [usual, *_others(name, usual)]
    keys = [name.lower(), *("".join(reading) for reading in readings)]
    keys += ["".join(syllable[:1] for syllable in reading) for reading in readings]
    return "".join(f" {key}" for key in dict.fromkeys(keys))[:MOST]


def _usual(name: str) -> list[str]:
    return [part[0].lower() for part in pinyin(name, style=Style.NORMAL, errors=LETTERS)]


def _others(name: str, usual: list[str]) -> list[list[str]]:
    if len(usual) != len(name):
        return []  # letters that are no characters: nothing there is read in two ways
    found = []
    for place, character in enumerate(name):
        for syllable in _readings(character):
            if syllable != usual[place]:
                found.append([*usual[:place], syllable, *usual[place + 1 :]])
    return found


@lru_cache(maxsize=8192)
def _readings(character: str) -> tuple[str, ...]:
    """One by one, since pypinyin gives a character in a phrase it knows only that phrase's reading."""
    return tuple(pinyin(character, style=Style.NORMAL, heteronym=True, errors=LETTERS)[0])


def typed(text: str) -> str:
    """What somebody typed, as it stands in the keys: lower case, without spaces and pinyin apostrophes."""
    return "".join(text.lower().split()).replace("'", "").replace("’", "")
