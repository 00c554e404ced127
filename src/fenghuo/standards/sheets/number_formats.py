"""What a number format of Excel makes of a number: a date, a percentage, a number with its unit."""

import re
from dataclasses import dataclass

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

# Numbers that Chinese Excel gives to its own date formats; openpyxl's table has the English ones alone.
CHINESE_DATES = frozenset([*range(27, 37), *range(50, 59)])
LITERAL = re.compile(r'"([^"]*)"|\\(.)')
COLOURS = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """`places`: digits after the point, None when the format leaves them open. `unit`: words after the number."""

    date: bool = False
    percent: bool = False
    unit: str = ""
    places: int | None = None


PLAIN = NumberFormat()


def number_format(number: int, code: str | None) -> NumberFormat:
    """The format with this id; `code` where the workbook defines it itself."""
    if code is None:
        if number in CHINESE_DATES:
            return NumberFormat(date=True)
        code = BUILTIN_FORMATS.get(number, "General")
    if code in ("General", "@", ""):
        return PLAIN
    if is_date_format(code) and not re.search(r"General|G/通用格式", code):
        return NumberFormat(date=True)
    first = COLOURS.sub("", code.split(";")[0])
    bare = LITERAL.sub("", first)
    words = "".join(one or other for one, other in LITERAL.findall(first))
    words += "".join(re.findall(r"[\u4e00-\u9fff㎡]+", bare.replace("通用格式", "")))
    places = re.search(r"\.(0+)", bare)
    return NumberFormat(
        percent="%" in bare,
        unit=words.strip() if re.fullmatch(r"[\u4e00-\u9fff㎡m²³]{1,6}", words.strip()) else "",
        places=len(places[1]) if places else None,
    )
