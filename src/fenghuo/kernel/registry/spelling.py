"""How a name may be typed: characters, full pinyin, initials, with every reading of a polyphonic character."""

from functools import lru_cache
from itertools import islice, product

from pypinyin import Style, pinyin

MOST_READINGS = 8  # a name of four polyphonic characters could have dozens; the common readings come first


@lru_cache(maxsize=4096)
def search_keys(name: str) -> str:
    """" name pinyin initials …", lower case, one space before each, at most 1,000 characters."""
    syllables = pinyin(name, style=Style.NORMAL, heteronym=True, errors=lambda rest: list(rest))
    spelled = [tuple(dict.fromkeys(part))[:3] for part in syllables]
    readings = list(islice(product(*spelled), MOST_READINGS))
    usual = tuple(part[0] for part in pinyin(name, style=Style.NORMAL, errors=lambda rest: list(rest)))
    keys = [name, *("".join(reading) for reading in (usual, *readings))]
    keys += ["".join(syllable[0] for syllable in reading if syllable) for reading in (usual, *readings)]
    return ("".join(f" {key}" for key in dict.fromkeys(key.lower() for key in keys)))[:1000]


def typed(text: str) -> str:
    """What somebody typed, as it stands in the keys: lower case, without spaces and pinyin apostrophes."""
    return "".join(text.lower().split()).replace("'", "").replace("’", "")
