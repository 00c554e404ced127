"""Words for units, each with what it measures and how many of the base unit it is.

亩 is 10,000/15 m² (the metric mu of 1930); 斤 half a kilogram. Signs are as NFKC writes them: ㎡ is m2.
"""

from decimal import Decimal
from fractions import Fraction

from ..words import halved

MU = Fraction(10_000, 15)
_WORDS: dict[str, dict[str, Fraction | int]] = {
    "area": {
        "m2 平方米 平米 平方 m^2 平方公尺 sqm": 1,
        "亩 市亩": MU,
        "公顷 hm2 ha 垧": 10_000,
        "平方公里 平方千米 km2": 1_000_000,
        "万m2 万平方米 万平米 万平方": 10_000,
        "万亩": MU * 10_000,
        "万公顷": 100_000_000,
    },
    "money": {
        "元 块 圆 人民币元 rmb ¥": 1,
        "千元": 1000,
        "万元 万 万圆": 10_000,
        "百万元": 1_000_000,
        "亿元 亿": 100_000_000,
    },
    "mass": {
        "公斤 千克 kg": 1,
        "斤 市斤": Fraction(1, 2),
        "吨 t": 1000,
        "万吨": 10_000_000,
        "克 g": Fraction(1, 1000),
        "毫克 mg": Fraction(1, 1_000_000),
    },
    "length": {
        "米 m 公尺": 1,
        "公里 千米 km": 1000,
        "里 华里": 500,
        "厘米 cm 公分": Fraction(1, 100),
        "毫米 mm": Fraction(1, 1000),
    },
    "volume": {
        "立方米 m3 方 立方": 1,
        "万立方米 万m3 万方 万立方": 10_000,
        "亿立方米 亿m3 亿方": 100_000_000,
        "升 l 公升": Fraction(1, 1000),
        "毫升 ml": Fraction(1, 1_000_000),
    },
    "power": {"千瓦 kw": 1, "瓦 w": Fraction(1, 1000), "兆瓦 mw": 1000},
    "span": {"小时 h 时": 60, "分钟 min 分": 1, "天 日": 1440},
    "people": {"人 名 位 口 员": 1, "万人": 10_000},
    "share": {"%": 1, "‰": Fraction(1, 10)},
}
UNITS: dict[str, tuple[str, Fraction]] = {
    word: (measure, Fraction(factor))
    for measure, words in _WORDS.items()
    for group, factor in words.items()
    for word in group.split()
}
COUNTED = frozenset(
    "个件只台套辆艘箱袋顶床张把支根盏部架双条块瓶桶卷包盒间座处户栋幢副组具枚片捆罐家所村项次班队头匹株棵眼孔道层面本份批车船棚樘"
) | {"台套", "台/套"}
FINEST = {"money": 6, "share": 4}
PLACES = 4  # digits kept after a conversion; 亩 → ㎡ keeps two


def known_unit(word: str) -> bool:
    return is_measure(word) or halved(word) in COUNTED


def is_measure(word: str) -> bool:
    return _key(word) in UNITS


def converted(value: Decimal, given: str, wanted: str) -> Decimal | None:
    """`value` of `given` in `wanted`; None when the two measure different things."""
    if _key(given) == _key(wanted):
        return value
    one, other = UNITS.get(_key(given)), UNITS.get(_key(wanted))
    if one is None or other is None or one[0] != other[0]:
        return None
    if one[1] == other[1]:
        return value
    exact = Fraction(value) * one[1] / other[1]
    places = FINEST.get(one[0], 2 if MU in (one[1], one[1] / 10_000) else PLACES)
    rounded = round(exact, places)
    return tidy(Decimal(rounded.numerator) / Decimal(rounded.denominator))


def tidy(value: Decimal) -> Decimal:
    """Without zeros at its end, never as 2E+2."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() and abs(short) < 10**27 else short


def _key(word: str) -> str:
    return halved(word).lower()
