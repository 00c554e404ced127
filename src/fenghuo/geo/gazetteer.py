"""The gazetteer: finding a county's places in text, by today's names, former ones and how people shorten them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import cos, radians, sqrt

from fenghuo.standards.extraction.found import Found
from fenghuo.standards.extraction.numerals import NUMBER, read_amount
from fenghuo.standards.extraction.writing import plain

from .areas import METRES_PER_DEGREE

# How people say what the code list calls 草堂街道 and 草堂营村委会.
TOWN = ("街道办事处", "街道办", "街办", "街道", "镇", "乡", "办")
VILLAGE = ("村民委员会", "村委会", "村", "居民委员会", "居委会")
SHORTEST_STEM = 3  # 草堂营 may stand alone, 西街 may not
FAR = 6  # characters between two names of one place: 草堂街道办事处下属草堂营村


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A region under one of its names. `path` is as in the region tree; position WGS 84, None when unknown."""

    code: str
    name: str
    path: str
    level: str
    latitude: float | None = None
    longitude: float | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as a text says it. `code` is None when the words fit several (`candidates`) or none of the county's.

    `approximate`: the position is that of the region named, or was reckoned from it.
    """

    text: str
    code: str | None
    latitude: float | None
    longitude: float | None
    approximate: bool = True
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    places: tuple[NamedPlace, ...]


class Gazetteer:
    """All names of a county, ready to be found; building it for 400 places takes a few milliseconds."""

    def __init__(self, places: Iterable[NamedPlace]) -> None:
        self._by_name: dict[str, dict[str, NamedPlace]] = {}
        self._by_path: dict[str, NamedPlace] = {}
        for place in places:
            if not place.former:
                self._by_path[place.path] = place
            for name in _said(place):
                known = self._by_name.setdefault(name, {})
                if place.code not in known or known[place.code].former:
                    known[place.code] = place
        lengths: dict[str, set[int]] = {}
        for name in self._by_name:
            lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {head: sorted(found, reverse=True) for head, found in lengths.items()}

    def find(self, text: str) -> Found[Mention] | None:
        """The first place that the text names, as exactly as it says; else what looks like an address."""
        whole = plain(text)
        found = self._find(whole.text)
        if found is None:
            return None
        start, end = whole.span(found.start, found.end)
        return replace(found, words=text[start:end], start=start, end=end)

    def _find(self, text: str) -> Found[Mention] | None:
        chains = list(_chained(list(self._hits(text))))
        if not chains:
            return _elsewhere(text)
        chain = max(chains, key=_telling)
        return self._mention(text, chain)

    def _hits(self, text: str) -> Iterator[_Hit]:
        """Longest names first, none inside another."""
        at = 0
        while at < len(text) - 1:
            for length in self._lengths.get(text[at : at + 2], ()):
                if at + length <= len(text) and (found := self._by_name.get(text[at : at + length])):
                    yield _Hit(at, at + length, tuple(found.values()))
                    at += length - 1
                    break
            at += 1

    def _mention(self, text: str, chain: Sequence[_Hit]) -> Found[Mention]:
        fitting = _fitting(chain)
        start, end = chain[0].start, _to_the_right(text, chain[-1].end)
        words = text[start:end]
        place = min(fitting, key=lambda one: len(one.path))
        if any(not other.path.startswith(place.path) for other in fitting):
            mention = Mention(words, None, None, None, candidates=tuple(sorted(one.code for one in fitting)))
            return Found(mention, words, start, end, 0.3)
        position = self._position(place)
        moved = _moved(position, words) if position else None
        latitude, longitude = moved or position or (None, None)
        sure = {"village": 0.85, "town": 0.75}.get(place.level, 0.5)
        return Found(Mention(words, place.code, latitude, longitude), words, start, end, sure)

    def _position(self, place: NamedPlace) -> tuple[float, float] | None:
        """The place's own position, else that of what it lies in, but never the county's middle."""
        path = place.path
        while path:
            above = self._by_path.get(path)
            if above is not None and above.level not in ("town", "village"):
                return None
            for known in (above, place if path == place.path else None):
                if known is not None and known.latitude is not None and known.longitude is not None:
                    return known.latitude, known.longitude
            path = path[:-4]
        return None


def _said(place: NamedPlace) -> set[str]:
    said = {place.name}
    if place.level == "town":
        stem = _without(place.name, TOWN)
        if len(stem) > 1:
            said |= {stem + suffix for suffix in TOWN}
    elif place.level == "village":
        stem = _without(place.name, VILLAGE)
        if place.name.endswith(("居委会", "居民委员会")):
            said.add(stem)
            stem = stem.removesuffix("社区")
            said.add(stem + "社区")
        else:
            said.add(stem + "村")
        if len(stem) >= SHORTEST_STEM:
            said.add(stem)
    elif len(place.name) > 2:
        said.add(place.name)
    return {name for name in said if len(name) > 1}


def _without(name: str, suffixes: tuple[str, ...]) -> str:
    for suffix in suffixes:
        if name.endswith(suffix) and len(name) > len(suffix):
            return name.removesuffix(suffix)
    return name


def _chained(hits: Sequence[_Hit]) -> Iterator[list[_Hit]]:
    """Names that stand together and lie in each other are one place."""
    chain: list[_Hit] = []
    for hit in hits:
        if chain and hit.start - chain[-1].end <= FAR and _fitting([*chain, hit]):
            chain.append(hit)
            continue
        if chain:
            yield chain
        chain = [hit]
    if chain:
        yield chain


def _fitting(chain: Sequence[_Hit]) -> list[NamedPlace]:
    """The places of the last name that lie in all that was named before it."""
    above: list[str] = [""]
    fitting: list[NamedPlace] = []
    for hit in chain:
        fitting = [place for place in hit.places if any(place.path.startswith(path) for path in above)]
        above = [place.path for place in fitting]
    return fitting


def _telling(chain: Sequence[_Hit]) -> tuple[int, int]:
    """Villages tell more than the county; of equals the first is meant."""
    deepest = max(len(place.path) for place in chain[-1].places)
    return min(deepest, 16), -chain[0].start


# --- the words around a name ------------------------------------------------------------------------------------
SPOT = (
    r"村口|口|路口|交叉口|十字路?口?|门口|大门|附近|对面|旁边|旁|南侧|北侧|东侧|西侧|路段|小区|学校|小学|中学|幼儿园|医院|卫生院|化工厂|工厂|厂区|厂|公司|"
    r"工地|市场|超市|广场|大桥|桥|水库|峪口|峪|河滩|河|沟口|沟|大道|路|街|巷|组|隧道|收费站|服务区|养老院|敬老院|寺|山"
)
RIGHT = re.compile(rf"(?:的)?(?:[\u4e00-\u9fa5A-Za-z0-9+]{{0,8}}?(?:{SPOT}))")
RELATIVE = re.compile(
    rf"(?:以|往|向)?(?P<way>东北|东南|西北|西南|东|南|西|北)(?:方向|方|侧|面|边)?{NUMBER}(?P<unit>公里|千米|里|米)(?:处|左右)?"
)
MILEPOST = re.compile(r"(?:[KkＫ]\d+(?:\+\d+)?(?:米)?|\d+公里(?:\+?\d+米)?)(?:处|路段)?")
VERBS = re.compile(r"发生|起火|着火|相撞|追尾|侧翻|出现|有人|一辆|两车|一民房|一商铺|转移|被|群众|村民|居民")
NORTH_EAST = {"北": (1, 0), "南": (-1, 0), "东": (0, 1), "西": (0, -1)}
METRES = {"公里": 1000.0, "千米": 1000.0, "里": 500.0, "米": 1.0}


def _to_the_right(text: str, end: int) -> int:
    """How far the words of a place go on: 村口, 十字以北2公里处."""
    match = RIGHT.match(text, end, end + 24)
    if match and not VERBS.search(match[0]):
        end = match.end()
    for pattern in (MILEPOST, RELATIVE):
        if match := pattern.match(text, end):
            end = match.end()
    return end


def _moved(position: tuple[float, float], words: str) -> tuple[float, float] | None:
    """以北2公里, reckoned from the position; straight, on a sphere."""
    match = RELATIVE.search(words)
    amount = read_amount(match) if match else None
    if match is None or amount is None:
        return None
    metres = amount.low * METRES[match["unit"]]
    north = sum(NORTH_EAST[letter][0] for letter in match["way"])
    east = sum(NORTH_EAST[letter][1] for letter in match["way"])
    length = sqrt(north * north + east * east)
    latitude = position[0] + north / length * metres / METRES_PER_DEGREE
    longitude = position[1] + east / length * metres / (METRES_PER_DEGREE * cos(radians(position[0])))
    return round(latitude, 6), round(longitude, 6)


# --- addresses that are not the county's ------------------------------------------------------------------------
NAME = r"[\u4e00-\u9fa5]"
AFTER = rf"(?:(?:(?!{VERBS.pattern}){NAME}){{0,8}}?(?:{SPOT}))?"
ADDRESS = re.compile(
    rf"(?:{NAME}{{2,8}}?(?:省|自治区|自治州|地区|市|州|盟|县|区|旗))+(?:{NAME}{{1,8}}?(?:街道|镇|乡|村|社区|园区))*{AFTER}"
    rf"|{NAME}{{1,6}}?(?:街道|镇|乡|村|社区){AFTER}"
    rf"|(?:[GS]\d+(?:国道|省道|高速)?|\d{{3}}(?:国道|省道))(?:{NAME}{{0,6}}?段)?(?:[KkＫ]\d+(?:\+\d+)?(?:米)?处?)?"
    rf"|{NAME}{{2,6}}?(?:高速公路|高速|国道|省道|大道|环路|路)(?:[KkＫ]\d+(?:\+\d+)?(?:米)?处?)?{AFTER}"
    rf"|{NAME}{{2,6}}?(?:水库|峪口|峪|小区|化工厂|中学|小学|医院|广场|隧道|大桥)(?:口|内)?"
)
BEFORE = re.compile(
    r".*(?:在|位于|我是|这里是|这里|报称|报警|接报|关于|来自|发生|称|今年|目前|位|时许|左右|分许|分|时|日|某|一|的|为)"
)


# 灾害共造成全区…, 村民发现河…: no address
NO_PLACE = re.compile(r"^个|等(?:街道|镇|乡|村)|造成|发现|受灾|[全我本各多某该](?:省|市|区|县|镇|乡|村|街道|社区)")


def _elsewhere(text: str) -> Found[Mention] | None:
    for match in ADDRESS.finditer(text):
        words = match[0]
        if lead := BEFORE.match(words):
            words = words[lead.end() :]
        if NO_PLACE.search(words) or len(words) < 3 or not re.search(r"[\u4e00-\u9fa5]", words):
            continue
        end = match.end()
        if relative := RELATIVE.match(text, end):
            end = relative.end()
        start = match.end() - len(words)
        words = text[start:end]
        return Found(Mention(words, None, None, None, approximate=False), words, start, end, 0.35)
    return None
