"""Which units of a register the words of a plan may mean. A proposal for a person: names in plans are short and old."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from fenghuo.standards.extraction.writing import PLAIN

from .answers import UnitKind, UnitWords

EXACT, SHORT, WRITTEN, LOCAL, ABBREVIATED, BARE, RENAMED = 1.0, 0.95, 0.9, 0.8, 0.6, 0.5, 0.4
SURE = 0.8
MOST = 5  # candidates for one word
# How the same body is written in a register and in a plan.
SPELLINGS = (
    (re.compile(r"人民政府"), "政府"),
    (re.compile(r"(?<=[镇乡])政府$"), ""),
    (re.compile(r"街道办事处|街道办|街办"), "街道"),
    (re.compile(r"(?:村民|居民)委员会"), "委会"),
    (re.compile(r"村委会$"), "村"),
    (re.compile(r"委员会"), "委"),
    (re.compile(r"办公室"), "办"),
    (re.compile(r"(?<=.)[和与及](?=.)"), ""),
)
REGION = re.compile(r"^[\u4e00-\u9fa5]{0,4}?[县市区](?=..)")
ENDING = re.compile(r"(?:局|委|办|中心|大队|支队|部门|站|所|会|部|院)$")
SETTLEMENT = re.compile(r"(?:镇|乡|街道|村|社区)$")


@dataclass(frozen=True, slots=True)
class Candidate[K: Hashable]:
    """`certainty` from 0 to 1 is an order, not a probability."""

    key: K
    certainty: float


@dataclass(frozen=True, slots=True)
class Matched[K: Hashable]:
    """The candidates for one word, all equally likely; none where it means many (各乡镇), or is unknown."""

    unit: UnitWords
    candidates: tuple[Candidate[K], ...]

    @property
    def sure(self) -> K | None:
        """The only candidate, where its name agrees but for the region before it."""
        if len(self.candidates) == 1 and self.candidates[0].certainty >= SURE:
            return self.candidates[0].key
        return None


def match_units[K: Hashable](
    words: Iterable[UnitWords], units: Iterable[tuple[K, str, Sequence[str]]]
) -> list[Matched[K]]:
    """In the order of `words`. `units`: key, name and short names of each."""
    register = _Register(units)
    return [Matched(unit, register.candidates(unit)) for unit in words]


class _Register[K: Hashable]:
    def __init__(self, units: Iterable[tuple[K, str, Sequence[str]]]) -> None:
        self.by_form: dict[tuple[float, str], dict[K, None]] = defaultdict(dict)
        self.by_first: dict[str, list[tuple[str, K]]] = defaultdict(list)
        for key, name, short_names in units:
            for level, form in ((EXACT, _bare(name)), *((SHORT, _bare(short)) for short in short_names)):
                self.by_form[level, form][key] = None
            for said in (name, *short_names):
                self._add_forms(key, _spelled(said))

    def _add_forms(self, key: K, form: str) -> None:
        self.by_form[WRITTEN, form][key] = None
        for local in _local(form):
            self.by_form[LOCAL, local][key] = None
            if local:
                self.by_first[local[0]].append((local, key))

    def candidates(self, unit: UnitWords) -> tuple[Candidate[K], ...]:
        if unit.kind is not UnitKind.NAMED:
            return ()
        for said in _said(unit.words):
            level, keys = self._best(said)
            if keys:
                return tuple(Candidate(key, level) for key in list(keys)[:MOST])
        return ()

    def _best(self, said: str) -> tuple[float, dict[K, None]]:
        spelled = _spelled(said)
        for level, form in ((EXACT, said), (SHORT, said), (WRITTEN, spelled)):
            if keys := self.by_form.get((level, form)):
                return level, keys
        local = _local(spelled)
        if keys := {key: None for form in local for key in self.by_form.get((LOCAL, form), ())}:
            return LOCAL, keys
        for level, fits in ((ABBREVIATED, _abbreviates), (BARE, _is_core_of), (RENAMED, _is_same_place)):
            keys = {key: None for form in local for name, key in self.by_first.get(form[:1], ()) if fits(form, name)}
            if keys:
                return level, keys
        return 0.0, {}


def _bare(words: str) -> str:
    return "".join(words.translate(PLAIN).split())


def _said(words: str) -> list[str]:
    """县政府办(应急办) is 县政府办, and 应急办 where that is unknown."""
    bare = _bare(words)
    outside, inside = re.sub(r"\([^()]*\)", "", bare), re.findall(r"\(([^()]+)\)", bare)
    return [said for said in (bare, outside, *inside) if said]


def _spelled(words: str) -> str:
    spelled = _bare(words)
    for pattern, short in SPELLINGS:
        spelled = pattern.sub(short, spelled)
    return spelled


def _local(spelled: str) -> list[str]:
    """With and without the region before it; 市容园林局 has none, though it looks so."""
    local = REGION.sub("", spelled)
    return [spelled] if local == spelled else [spelled, local]


def _abbreviates(words: str, name: str) -> bool:
    """应急局 for 应急管理局: the same ending, and its characters in their order."""
    ending = ENDING.search(words)
    return ending is not None and name.endswith(ending[0]) and len(words) >= 3 and _in_order(words, name)


def _is_core_of(words: str, name: str) -> bool:
    """公安 for 公安局, 环保 for 环境保护局."""
    ending = ENDING.search(name)
    return ending is not None and ENDING.search(words) is None and len(words) >= 2 and _in_order(words, name)


def _is_same_place(words: str, name: str) -> bool:
    """余下镇 that has become 余下街道."""
    if not (SETTLEMENT.search(words) and SETTLEMENT.search(name)):
        return False
    root = SETTLEMENT.sub("", words)
    return len(root) >= 2 and root == SETTLEMENT.sub("", name)


def _in_order(words: str, name: str) -> bool:
    rest = iter(name)
    return all(sign in rest for sign in words)
