"""Which field a heading means: full-width, spaces, stars, units in brackets and synonyms do not matter."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from .fields import Layout
from .table import Part
from .values.units import UNITS, known_unit
from .words import UNSEEN

SERIALS = frozenset(
    [
        "序号",
        "序",
        "序列",
        "序列号",
        "顺序号",
        "项次",
        "行号",
        "行次",
        "no",
        "no.",
        "№",
        "次序",
        "序次",
        "编次",
        "项目序号",
        "#",
    ]
)
EMPTY_WORDS = re.compile(r"[\s*★●◆※·]+")
BRACKET = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|<([^<>]*)>")
ASIDE = re.compile(r"必填项?|选填|可不填|非必填|限?单选|多选|下拉选择|请选择|自动计算|是/否|有/无|如有|可多个|单位")
TAIL = re.compile(r"[:.,、。;/\-_]+$")
CRS = (
    (re.compile(r"gcj-?0?2|火星|高德|腾讯", re.IGNORECASE), "gcj02"),
    (re.compile(r"bd-?0?9|百度", re.IGNORECASE), "bd09"),
    (re.compile(r"wgs-?84|cgcs-?2000|国家2000|2000国家|大地2000|天地图", re.IGNORECASE), "wgs84"),
)
LONGITUDES = ("经度", "东经", "经度坐标", "坐标经度", "lng", "lon", "longitude", "经度(E)", "中心经度", "地理坐标经度")
LATITUDES = ("纬度", "北纬", "纬度坐标", "坐标纬度", "lat", "latitude", "纬度(N)", "中心纬度", "地理坐标纬度")
POSITIONS = (
    "坐标",
    "经纬度",
    "地理坐标",
    "位置坐标",
    "经纬度坐标",
    "坐标位置",
    "gps坐标",
    "coordinates",
    "坐标(经纬度)",
)
NAMES = ("姓名", "名称", "名字", "name")
UNIT_WORDS = tuple(sorted((word for word in UNITS if len(word) > 1 or word in "亩元吨人"), key=len, reverse=True))
SIGNS = {"m2": "㎡", "m3": "m³"}  # NFKC has taken them apart
ALIKE = 78  # of 100: close enough to propose, never to take


class Plain(NamedTuple):
    """A heading without what does not matter."""

    bare: str
    brackets: tuple[str, ...]
    unit: str
    crs: str


LONGEST = 80
NO_HEADING = Plain("", (), "", "")


class Meaning(NamedTuple):
    """`fields`: those it may mean, one when it is clear. `confidence`: 1 for its own words, less for half of them."""

    fields: tuple[tuple[str, Part], ...]
    confidence: float
    unit: str = ""
    crs: str = ""
    serial: bool = False


def plain(text: str) -> Plain:
    """A text of more than 80 characters is no heading."""
    return _plain(text) if len(text) <= LONGEST else NO_HEADING


@lru_cache(maxsize=20_000)
def _plain(text: str) -> Plain:
    text = unicodedata.normalize("NFKC", UNSEEN.sub("", text)).replace("（", "(").replace("）", ")")
    text = EMPTY_WORDS.sub("", text)
    crs = next((name for pattern, name in CRS if pattern.search(text)), "")
    unit, kept = "", []
    for groups in BRACKET.findall(text):
        inside = TAIL.sub("", next((one for one in groups if one), ""))
        said = ASIDE.sub("", inside).lstrip(":：")
        if said and known_unit(said):
            unit = unit or SIGNS.get(said, said)
        elif said and not any(pattern.search(said) for pattern, _name in CRS):
            kept.append(said.lower())
    bare = TAIL.sub("", BRACKET.sub("", text)).lower()
    return Plain(bare, tuple(kept), unit, crs)


class Vocabulary:
    """The headings of a layout, ready to be looked up."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.words: dict[str, list[tuple[str, Part]]] = {}
        for field in layout.fields:
            for heading in (*field.headings, field.name):
                self._add(heading, field.name)
        kinds = {field.kind: field.name for field in reversed(layout.fields)}
        if position := kinds.get("coordinates"):
            self._add_parts(LONGITUDES, position, "longitude")
            self._add_parts(LATITUDES, position, "latitude")
        elif "longitude" in kinds and "latitude" in kinds:
            self._add_parts(POSITIONS, kinds["longitude"], "both")
        self._known: dict[tuple[str, ...], Meaning | None] = {}

    def _add(self, heading: str, name: str, part: Part = "") -> None:
        targets = self.words.setdefault(_whole(heading), [])
        if (name, part) not in targets:
            targets.append((name, part))

    def _add_parts(self, words: Iterable[str], name: str, part: Part) -> None:
        for word in words:
            if _whole(word) not in self.words:
                self._add(word, name, part)

    def quick(self, text: str) -> bool:
        """Whether this may be a heading, cheaply: for passing over thousands of rows."""
        return len(text) < 30 and EMPTY_WORDS.sub("", text).lower() in self.words

    def meaning(self, path: tuple[str, ...]) -> Meaning | None:
        """Of a heading with its rows from top to bottom. None: unknown."""
        if path not in self._known:
            self._known[path] = self._meaning(path)
        return self._known[path]

    def _meaning(self, path: tuple[str, ...]) -> Meaning | None:
        parts = [plain(text) for text in path]
        unit = next((one.unit for one in reversed(parts) if one.unit), "")
        crs = next((one.crs for one in reversed(parts) if one.crs), "")
        last = parts[-1]
        tries: list[tuple[str, float]] = []
        if len(parts) > 1:
            if not last.bare and last.unit:
                meant = self._meaning(path[:-1])
                return meant and meant._replace(unit=last.unit)
            parent = parts[-2].bare
            whole = "".join(one.bare for one in parts)
            tries = [(whole, 1.0), (parent + last.bare, 1.0)]
            if last.bare in NAMES:
                tries.append((parent, 0.95))
            tries.append((last.bare, 0.8))
        elif last.brackets:
            return self._bracketed(last, unit, crs)
        else:
            tries = [(last.bare, 1.0)]
        for word, confidence in tries:
            if word in SERIALS:
                return Meaning((), 1.0, serial=True)
            if found := self.words.get(word):
                return Meaning(tuple(found), confidence, unit, crs)
        for word, confidence in tries:
            # At once for all of them, since rows without number come by here.
            for tail in UNIT_WORDS if word.endswith(UNIT_WORDS) else ():
                stem = TAIL.sub("", word.removesuffix(tail))
                if stem != word and (found := self.words.get(stem)):
                    return Meaning(tuple(found), confidence - 0.05, unit or tail, crs)
        return None

    def _bracketed(self, heading: Plain, unit: str, crs: str) -> Meaning | None:
        """坐标(经度) is tried as 坐标经度, then as 经度 and as 坐标; when both are something, it is not clear."""
        inside = "".join(heading.brackets)
        if found := self.words.get(heading.bare + inside):
            return Meaning(tuple(found), 1.0, unit, crs)
        outer, inner = self.words.get(heading.bare, []), self.words.get(inside, [])
        if inner and (not outer or outer[0][1] == "both"):
            return Meaning(tuple(inner), 0.8, unit, crs)
        if outer and inner and outer != inner:
            return Meaning((*outer, *inner), 0.5, unit, crs)
        if outer:
            return Meaning(tuple(outer), 0.95, unit, crs)
        return Meaning((), 1.0, serial=True) if heading.bare in SERIALS else None

    def alike(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """Fields with headings much like this one, the likeliest first: proposals for the dialog."""
        text = "".join(plain(part).bare for part in path)
        if len(text) < 2:
            return ()
        found = process.extract(text, list(self.words), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=5)
        names = [self.words[word][0][0] for word, _score, _index in found]
        names += [targets[0][0] for word, targets in self.words.items() if len(word) > 1 and word in text]
        return tuple(dict.fromkeys(names))[:3]


def _whole(heading: str) -> str:
    found = plain(heading)
    return found.bare + "".join(found.brackets)
