"""Who else stands in a sentence: with whom (会同县水利局), and to whom it goes (报县应急办备案)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .answers import UnitWords
from .units import units_at

WITH = re.compile(r"会同|协同|协调|联合|依托|督促|指导|(?<!层)(?<!党)组织|争取|邀请|配合|发动|发挥|(?<!参)与")
# The words before, and what must stand behind the unit.
TO = (
    (re.compile(r"报送|报请|上报|报经|呈报|(?<![预汇填通申])报|抄送"), re.compile("")),
    (re.compile(r"在"), re.compile(r"(?:进行|登记|申请)?(?:备案|登记|注册)")),
    (re.compile(r"向"), re.compile(r"(?:书面|及时)?(?:进行)?(?:报告|报送|汇报|备案|申报|报备|通报|申请)")),
    (re.compile(r"通过"), re.compile(r"的?[\u4e00-\u9fa5]{0,6}?(?:验收|评审|审核|审查|检查)")),
)


# 县红十字会配合: between commas, the unit before the word.
HELPING = re.compile(r"(?:积极|密切|予以)?(?:配合|参与|协助|协办)")
COMMA = re.compile(r"[,;]")


@dataclass(frozen=True, slots=True)
class Others:
    supporting: tuple[UnitWords, ...]
    receiving: tuple[UnitWords, ...]


def others_in(text: str, start: int, end: int, leads: list[UnitWords]) -> Others:
    """Units behind such words, each once, those whose duty it is left out."""
    known = {unit.words for unit in leads}
    receiving: dict[str, UnitWords] = {}
    for before, behind in TO:
        for match in before.finditer(text, start, end):
            units, place = units_at(text, match.end(), end)
            if units and behind.match(text, place, end):
                for unit in units:
                    if unit.words not in known:
                        receiving.setdefault(unit.words, unit)
    taken = {unit.start for unit in (*leads, *receiving.values())}
    supporting: dict[str, UnitWords] = {}
    for units in _helpers(text, start, end):
        for unit in units:
            if unit.start not in taken and unit.words not in known:
                supporting.setdefault(unit.words, unit)
    return Others(tuple(supporting.values()), tuple(receiving.values()))


def _helpers(text: str, start: int, end: int) -> Iterator[list[UnitWords]]:
    for match in WITH.finditer(text, start, end):
        yield units_at(text, match.end(), end)[0]
    for comma in COMMA.finditer(text, start, end):
        units, behind = units_at(text, comma.end(), end)
        if units and HELPING.match(text, behind, end):
            yield units
