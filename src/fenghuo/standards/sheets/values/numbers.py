"""Amounts as counties write them: 1,200 · １２００ · 约200平方米 · 1.2万 · ≥100 · 200余 · 三百五十 · 85%."""

import re
from decimal import Decimal, InvalidOperation

from ..book import Raw, Shown
from ..fields import Field
from ..words import halved
from .chinese import NUMERALS, chinese_number
from .read import About, Read, Unreadable, Words
from .units import COUNTED, converted, is_measure, tidy

ARABIC = r"[+\-−]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:[eE][+\-]?\d+)?|\.\d+)"
BEFORE = {
    "at_least": "≥|>=|⩾|至少|不少于|不低于|不小于|最少",
    "at_most": "≤|<=|⩽|不超过|至多|最多|不大于|不高于",
    "more_than": ">|超过|超|逾|大于|多于",
    "less_than": "<|不足|小于|少于|不到|将近|近",
    "about": "约为|大约|约|大概|估计|~|≈",
}
AFTER = {"at_least": "以上|及以上", "at_most": "以下|以内|及以下", "about": "左右|上下|许"}
AMOUNT = re.compile(
    rf"(?P<before>{'|'.join(BEFORE.values())})?(?:人民币|¥)?"
    rf"(?P<number>{ARABIC}|[{NUMERALS}]+(?:点[{NUMERALS}]+)?|半)"
    r"(?P<more>余|多|来)?(?P<scale>[十百千]?[万亿]|[十百千])?(?P<most>余|多)?"
    rf"(?P<unit>[^\d()+\-~≥≤]*?(?:m[23])?)(?P<half>半)?(?P<after>{'|'.join(AFTER.values())})?(?P<remark>\(.*\))?"
)
RANGE = re.compile(rf"{ARABIC}[^\d]{{0,4}}?(?:-|–|—|~|至|到)(?:约)?{ARABIC}.*")
CHINESE_RANGE = re.compile(rf"[{NUMERALS}]+(?:-|–|—|~|至|到)[{NUMERALS}]+.*")
SUM = re.compile(rf"{ARABIC}.{{0,4}}?[+*×x]{ARABIC}.*")
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
GREATEST = Decimal(10) ** 15


def read_amount(raw: Raw, field: Field, heading_unit: str = "") -> Read:
    """A number in `field.unit`. `heading_unit`: the unit in which the column says to be. Raises: Unreadable."""
    warnings: list[Words] = []
    about: About = ""
    if isinstance(raw, bool):
        raise Unreadable("number.none")
    if isinstance(raw, Shown) and raw.percent:
        value = number_of(raw.value) * (100 if field.unit == "%" else 1)
        unit = "%" if field.unit == "%" else ""
    elif isinstance(raw, Shown):
        value, unit = number_of(raw.value), raw.unit
    elif isinstance(raw, int | float):
        value, unit = number_of(raw), ""
    elif isinstance(raw, str):
        value, unit, about, warnings = _text(halved(raw), field, heading_unit)
    else:
        raise Unreadable("number.date")
    value, counted = _in_unit(value, unit, field, heading_unit, warnings)
    if abs(value) >= GREATEST:
        raise Unreadable("number.too_large")
    _check_bounds(value, field)
    if field.kind == "integer":
        if value != value.to_integral_value():
            raise Unreadable("number.not_whole")
        return Read(int(value), tuple(warnings), about, counted)
    return Read(tidy(value), tuple(warnings), about, counted)


def number_of(value: int | float) -> Decimal:
    """What Excel shows of a stored number: 15 digits (0.1 + 0.2 is 0.3)."""
    return Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))


def _text(text: str, field: Field, heading_unit: str) -> tuple[Decimal, str, About, list[Words]]:
    if len(text) > 60:
        raise Unreadable("number.none")
    match = AMOUNT.fullmatch(text)
    if match is None or (match["unit"] and not _is_unit(match["unit"])):
        raise Unreadable(_why_not(text))
    value = _value(match["number"])
    scale = match["scale"] or ""
    unit = match["unit"]
    wanted = heading_unit or field.unit
    if scale and not unit and halved(wanted)[:1] in "万亿" and wanted:
        raise Unreadable("number.scale_twice", unit=wanted)
    for sign in scale:
        value *= SCALES[sign]
    if match["half"]:
        value += Decimal("0.5")
    warnings: list[Words] = []
    if match["remark"]:
        warnings.append(("number.remark", {"words": match["remark"]}))
    about = _about(match)
    if about:
        warnings.append((f"number.{about}", {"number": str(tidy(value))}))
    return value, unit, about, warnings


def _value(words: str) -> Decimal:
    words = words.replace("−", "-").replace(",", "")
    if words == "半":
        return Decimal("0.5")
    try:
        return Decimal(words)
    except InvalidOperation:
        pass
    whole, point, rest = words.partition("点")
    number = chinese_number(whole)
    if number is None:
        raise Unreadable("number.range")  # 七八十; nothing else that AMOUNT lets through is none
    if not point:
        return Decimal(number)
    digits = [chinese_number(sign) for sign in rest]
    if any(digit is None or digit > 9 for digit in digits):
        raise Unreadable("number.none")
    return Decimal(f"{number}.{''.join(str(digit) for digit in digits)}")


def _about(match: re.Match[str]) -> About:
    for table, said in ((BEFORE, match["before"]), (AFTER, match["after"])):
        for name, words in table.items():
            if said and said in words.split("|"):
                return name  # type: ignore[return-value]
    return "more_than" if match["more"] or match["most"] else ""


def _is_unit(word: str) -> bool:
    return is_measure(word) or word in COUNTED or is_measure(word.rstrip("左右多"))


def _why_not(text: str) -> str:
    if RANGE.fullmatch(text) or CHINESE_RANGE.fullmatch(text):
        return "number.range"
    if SUM.fullmatch(text):
        return "number.sum"
    return "number.unit" if re.fullmatch(rf"{ARABIC}[^\d.,()]+", text) else "number.none"


def _in_unit(value: Decimal, unit: str, field: Field, heading_unit: str, warnings: list[Words]) -> tuple[Decimal, str]:
    """The value in the field's unit, and the word it is counted in where the field leaves that open."""
    said = unit or heading_unit
    if not field.unit:
        if unit == "%":
            return value / 100, ""
        return value, said
    if not said:
        return value, ""
    found = converted(value, said, field.unit)
    if found is None:
        raise Unreadable("number.other_unit", unit=said, wanted=field.unit)
    if unit and heading_unit and converted(value, unit, heading_unit) != value:
        warnings.append(("number.unit_differs", {"unit": unit, "stated": heading_unit}))
    return found, ""


def _check_bounds(value: Decimal, field: Field) -> None:
    if field.least is not None and value < field.least:
        raise Unreadable("number.too_small", least=str(field.least))
    if field.most is not None and value > field.most:
        raise Unreadable("number.too_big", most=str(field.most))
