"""Codes of the administrative divisions: AABBCC TTT VVV (GB/T 2260-2007, GB/T 10114-2003, 国统字〔2009〕91号).

1–2 province, 3–4 prefecture, 5–6 county, 7–9 township, 10–12 village or community; zeros below the level meant.
"""

from itertools import pairwise

WIDTHS = (2, 4, 6, 9, 12)
LEVELS = ("province", "city", "county", "town", "village")


def level_of(code: str) -> str:
    """province, city, county, town or village. Raises: ValueError when the code is malformed."""
    check_region_code(code)
    return LEVELS[WIDTHS.index(significant(code))]


def check_region_code(code: str) -> None:
    """Raises: ValueError with the reason."""
    if len(code) != 12 or not (code.isascii() and code.isdigit()):
        raise ValueError("a region code has 12 digits")
    if not "11" <= code[:2] <= "82":
        raise ValueError("the first two digits are no province (11 to 82)")
    width = significant(code)
    for above, below in pairwise(WIDTHS):
        if below < width and not code[above:below].strip("0"):
            raise ValueError(f"digits {above + 1} to {below} are zero although lower ones are not")


def significant(code: str) -> int:
    """How many digits say something: the smallest level below which all is zero."""
    return next(width for width in WIDTHS if not code[width:].strip("0"))
