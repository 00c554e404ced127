"""A plan's title and year, and what at its end is no clause: the signature, annexes, who gets copies."""

import re
from collections import Counter

from fenghuo.standards.extraction.numerals import read_number

TITLE = re.compile(r"(?:计划|要点|方案|安排|规划|任务|意见)(?:\([^()]*\))?$")
NOTICE = re.compile(r"关于(?:印发)?.*的?通知$")
LONGEST_TITLE = 80
NUMBER = r"[\d一二三四五六七八九十]{1,3}"
YEAR_WORDS = r"(?:19|20)\d{2}|二[〇零][〇零一二三四五六七八九]{2}"
YEAR = re.compile(rf"(?<!\d)({YEAR_WORDS})(?:年|-)")
DATE = rf"(?:{YEAR_WORDS})年{NUMBER}月{NUMBER}日"
ANNEX = r"(?:附件|附表|附|抄送|主送|联系人)\d{0,2}[:].{0,400}|\(此件.{0,20}\)"
SIGNED = re.compile(rf"[^,。;:\n]{{0,40}}{DATE}(?:印发)?|{ANNEX}")
ORGAN = re.compile(r"[^,。;:\d\n]{2,30}(?:办公室|局|政府|委员会|委|部|指挥部)")


def title_of(head: str) -> str:
    """The last line of the head that is called a plan; without one, the notice that sends it; "" without either."""
    lines = [line.strip("#* ") for line in head.split("\n")]
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if TITLE.search(line) and len(line) <= LONGEST_TITLE and "。" not in line:
            before = lines[place - 1] if place else ""
            broken = before and not YEAR.search(line) and YEAR.search(before) and before[-1] not in "。:;,知"
            return before + line if broken and len(before + line) <= LONGEST_TITLE else line
    return next((line for line in lines if NOTICE.search(line) and len(line) <= LONGEST_TITLE), "")


def year_of(title: str, head: str, text: str) -> int | None:
    """The title's year; then the head's first; then the one that is named most often."""
    for words in (title, head):
        if found := YEAR.search(words):
            return read_number(found[1])
    years = Counter(match[1] for match in YEAR.finditer(text))
    return read_number(years.most_common(1)[0][0]) if years else None


def body_end(text: str) -> int:
    """Where signature, annexes and copies begin, looking from the end."""
    end = len(text.rstrip())
    signed = False
    while end:
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end].strip()
        if SIGNED.fullmatch(line):
            signed = True
        elif not (signed and ORGAN.fullmatch(line)):
            break
        end = len(text[:start].rstrip()) if start else 0
    return end
