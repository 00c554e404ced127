"""Ways in which plans write days and numbers, each by itself."""

import pytest

from fenghuo.standards.workplans.dues import find_dues
from fenghuo.standards.workplans.quotas import find_quotas

from .expected import due_said, quota_said

DAYS = """
6月底以前 = 2026-06-30
6月底之前 = 2026-06-30
5月份前 = 2026-04-30 ?
9月以前 = 2026-08-31 ?
3月10日前 = 2026-03-10
7月1日(含)前 = 2026-07-01
12月31日之前 = 2026-12-31
2026-05-31前 = 2026-05-31
2026.5.31 = 2026-05-31..2026-05-31
明年3月底前 = 2027-03-31
二〇二六年十月底前 = 2026-10-31
十二月份 = 2026-12-01..2026-12-31
3—5月 = 2026-03-01..2026-05-31
5月1日至31日 = 2026-05-01..2026-05-31
6月1日至9月30日 = 2026-06-01..2026-09-30
11月1日至次年3月31日 = 2026-11-01..2027-03-31
2025年10月至2026年3月 = 2025-10-01..2026-03-31
11月至3月 = 2026-11-01..2027-03-31
6月中旬 = 2026-06-11..2026-06-20
6月上旬 = 2026-06-01..2026-06-10
2月下旬 = 2026-02-21..2026-02-28
第一季度 = 2026-01-01..2026-03-31
三季度末 = 2026-09-30
二季度内 = 2026-04-01..2026-06-30
上半年 = 2026-01-01..2026-06-30
下半年 = 2026-07-01..2026-12-31
年内 = 2026-12-31
年底前 = 2026-12-31
2027年底 = 2027-12-31
年初 = 2026-01-31 ?
6月1日起 = 2026-06-01..None
5·12 = 2026-05-12..2026-05-12 ?
11月9日 = 2026-11-09..2026-11-09
适时 = -
尽快 = -
2月30日前 = -
13月底前 = -
""".strip().split("\n")
NO_DAYS = ["3个月内", "24小时", "1.2米", "第3次", "110指挥平台", "每季度", "十五五"]
NUMBERS = """
不少于100人 = >=100 人
至少1个 = >=1 个
1—2个 = 1..2 个
组织2至3次 > 2至3次 = 2..3 次
三至五名 = 3..5 名
开展一至两次 > 一至两次 = 1..2 次
3.5万人 = 35000 人
1,260人 = 1260 人
约200平方米 = ~200 平方米
二十余户 = ~20 户
10人左右 = ~10 人
达98.5% = >=98.5 %
百分之九十五以上 = >=95 %
90%以上 = >=90 %
下降5个百分点 > 5个百分点 = 5 个百分点
不超过2起 = <=2 起
控制在3人以内 = <=3 人
每年不少于两次 > 不少于两次 = >=2 次 each_year
一年两次 > 两次 = 2 次 each_year
每两月1次 > 1次 = 1 次 each_two_months
每半月组织一次 > 一次 = 1 次 each_half_month
每月2次以上 > 2次以上 = >=2 次 each_month
每月开展检查 > 每月 = each_month
上、下半年各举办1期 > 1期 = 1 期 each_half_year
举办一期 > 一期 = 1 期
""".strip().split("\n")
NO_NUMBERS = [
    "第2次",
    "连续2次",
    "两个至上",
    "一批",
    "一次性补助",
    "一个中心",
    "三项制度",
    "数十人",
    "24小时",
    "12345热线",
    "30分钟内",
]


@pytest.mark.parametrize("line", DAYS)
def test_a_day(line: str) -> None:
    words = line.partition(" = ")[0]
    (due,) = find_dues(f"要在{words}防灾减灾日完成", 2026)
    assert due_said(due) == line


@pytest.mark.parametrize("words", NO_DAYS)
def test_no_day(words: str) -> None:
    assert find_dues(words, 2026) == []


def test_without_a_year_the_words_are_kept() -> None:
    (due,) = find_dues("6月底以前完成", None)
    assert (due.words, due.last, due.certain) == ("6月底以前", None, False)
    (own,) = find_dues("2025年6月底以前完成", None)
    assert str(own.last) == "2025-06-30"


def test_the_other_reading_of_a_month_before() -> None:
    (due,) = find_dues("确保5月份前挂牌成立", 2012)
    assert (str(due.last), str(due.other)) == ("2012-04-30", "2012-05-31")


@pytest.mark.parametrize("line", NUMBERS)
def test_a_number(line: str) -> None:
    written, _, told = line.rpartition(" > ")
    (quota,) = find_quotas(written or told.partition(" = ")[0], [])
    assert quota_said(quota) == told


@pytest.mark.parametrize("words", NO_NUMBERS)
def test_no_number(words: str) -> None:
    assert find_quotas(words, []) == []
