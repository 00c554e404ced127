"""The words by which plans are read; they stand in words.csv, as patterns, so that reading them is no code."""

import csv
import re
from importlib.resources import files


def _read() -> dict[str, str]:
    lists: dict[str, list[str]] = {}
    with files(__package__).joinpath("words.csv").open(encoding="utf-8") as file:
        for row in csv.reader(line for line in file if not line.startswith("#")):
            # Patterns hold commas (\d{1,2}): whatever stands behind the first one is the pattern.
            lists.setdefault(row[0], []).append(",".join(row[1:]))
    return {name: "|".join(words) for name, words in lists.items()}


_LISTS = _read()


def one_of(*names: str) -> str:
    """A group that matches any word of these lists. Raises: KeyError."""
    return f"(?:{'|'.join(_LISTS[name] for name in names)})"


def pattern(*names: str) -> re.Pattern[str]:
    return re.compile(one_of(*names))
