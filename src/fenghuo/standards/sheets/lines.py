"""Rows of a sheet that are no records: groups, sums, notes, signatures."""

import re

from .grid import Grid
from .table import RowKind
from .words import halved

SUM = r"(?:小计|合计|总计|共计|累计|总数|平均|汇总|sum|total|subtotal)"
SUM_ROW = re.compile(
    # Sums by name: 甘亭街道小计; of something: 合计人数; with a number: 合计5户
    rf"(?:.{{0,14}}[、:]?)?{SUM}[:]?(?:人数|数量|金额|面积|户数)?(?:[\d,.]+[^\d\s]{{0,2}})?(?:\(.*\))?"
    rf"|{SUM}[:].*"
    # How many there are: 共12户
    r"|共[\d,一二三四五六七八九十百千]+[\u4e00-\u9fff]{1,2}.{0,12}",
    re.IGNORECASE,
)
SIGNED = (
    "填表人|制表人|制表|审核人|审核|审批人|审批|负责人签字|负责人签名|单位负责人|主要负责人|分管领导|领导签字|填报人|填报单位|报送单位|"
    "填表单位|制表单位|填表日期|填报日期|填报时间|制表日期|制表时间|报送日期|上报时间|单位盖章|盖章|公章|签字|签名|经办人|统计人|统计负责人|"
    "复核人|复核|联系人|联系电话|日期|填表时间|单位"
)
SIGNATURE = re.compile(
    rf"\(?(?:{SIGNED})(?:\((?:签字|签名|盖章|签章|公章)\))?[:_].*"
    r"|\(?(?:单位)?(?:\(?盖章\)?|\(?公章\)?|\(签章\)).{0,4}"
    r"|.*(?:填表人|制表人|审核人|填报人):.*"
)
NOTE = re.compile(
    r"\(?(?:备注|注|附注|说明|填表说明|填写说明|填报说明|注意|注意事项|附|note|备考|例)\)?\d?[:.、].*"
    r"|填表说明.*|填写说明.*|注\d?[:、.].*",
    re.IGNORECASE,
)
# What fills a form up: 以下空白, 第1页 共3页, 续表.
FILLING = re.compile(
    r"\(?(?:以下空白|以下无(?:正文|内容)?|续表|续上表|接下页|可续行|可加行|\.{3,}|-{3,})\)?|此表.*|本表.*|第\d+页.*"
)
SAMPLE = re.compile(r"\(?(?:示例|样例|例如|填写示例|填报示例|例|样表)\)?[:]?\d?")
NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[、.](?!\d)|[①-⑳]).*"
)
PLACE = re.compile(
    r".{1,20}(?:省|市|县|区|乡|镇|街道|街办|办事处|村|社区|管委会|园区|片区|组|局|办|科|站|所|中心|公司|类|部分)(?:\(.*\))?"
)
STARRED = ("*", "※")  # how a remark below a table begins
LONGEST = 200  # characters that are looked at
LONG = 25  # characters alone in a row that are a sentence and no name


def kind_of(
    grid: Grid, row: int, filled: list[int], texts: dict[int, str], after_records: bool, columns: int
) -> RowKind | None:
    """What the row is when it is no record; None when it is one. `texts`: the words of its cells, by column."""
    words = {
        column: halved(text[:LONGEST])
        for column, text in texts.items()
        if not grid.sheet.quoted or (row, column) not in grid.sheet.quoted
    }
    if not words:
        return None
    first = words.get(filled[0], "")
    if any(SUM_ROW.fullmatch(words[column]) for column in filled[:3] if column in words):
        return "subtotal"
    if SAMPLE.fullmatch(first) or (FILLING.fullmatch(first) and len(filled) <= 2):
        return "note"
    signatures = [text for text in words.values() if SIGNATURE.fullmatch(text)]
    if signatures and (len(filled) <= 3 or len(signatures) * 2 >= len(filled) or SIGNATURE.fullmatch(first)):
        return "signature"
    if NOTE.fullmatch(first) and len(filled) <= 3:
        return "note"
    if len(filled) > 1 or columns < 2 or filled[0] not in words:
        return None
    return _alone(grid, row, filled[0], first, after_records)


def _alone(grid: Grid, row: int, column: int, text: str, after_records: bool) -> RowKind | None:
    """One cell in a row: a group, a sentence, or a record with nothing but its name."""
    area = grid.areas.get((row, column))
    wide = area is not None and area.right - area.left >= 2
    if not text:
        return "group" if wide else None
    if len(text) > LONG or text.startswith(STARRED):
        return "note"
    if NUMBERED.fullmatch(text):
        return "note" if after_records and re.search(r"[。;]$", text) else "group"
    if wide:
        return "group"
    return "group" if PLACE.fullmatch(text) and column <= 2 else None


def looks_special(text: str) -> bool:
    """Whether a row that begins with this text may be taken for something else than a record."""
    plain = halved(text)
    patterns = (SUM_ROW, SAMPLE, FILLING, SIGNATURE, NOTE, NUMBERED, PLACE)
    return len(plain) > LONG or plain.startswith(STARRED) or any(pattern.fullmatch(plain) for pattern in patterns)
