"""The days off of three years, against their notices; a pasted notice is read, or refused aloud."""

from datetime import date, timedelta

import pytest

from fenghuo.standards.calendar import Calendar, Contradiction, read_notice, shipped
from fenghuo.standards.tests.three_years import FIRST, LAST, WORKED

OF_2026 = """国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号

各省、自治区、直辖市人民政府,国务院各部委、各直属机构:
  经国务院批准,现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
  一、元旦:1月1日(周四)至3日(周六)放假调休,共3天。1月4日(周日)上班。
  二、春节:2月15日(农历腊月二十八、周日)至23日(农历正月初七、周一)放假调休,共9天。2月14日(周六)、2月28日(周六)上班。
  三、清明节:4月4日(周六)至6日(周一)放假,共3天。
  四、劳动节:5月1日(周五)至5日(周二)放假调休,共5天。5月9日(周六)上班。
  五、端午节:6月19日(周五)至21日(周日)放假,共3天。
  六、中秋节:9月25日(周五)至27日(周日)放假,共3天。
  七、国庆节:10月1日(周四)至7日(周三)放假调休,共7天。9月20日(周日)、10月10日(周六)上班。
  鼓励单位和个人结合落实带薪年休假等制度,实际形成较长假期。节假日期间,各地区、各部门要妥善安排好值班和安全、保卫等工作。
国务院办公厅
2025年11月4日
"""
OF_2025 = """国务院办公厅关于2025年部分节假日安排的通知 国办发明电〔2024〕12号
经党中央、国务院批准,自2025年1月1日起,全体公民放假的假日增加2天。国庆节自10月1日起放假调休7天。通知如下。
一、元旦:1月1日(周三)放假1天,不调休。二、春节:1月28日(农历除夕、周二)至2月4日(农历正月初七、周二)放假调休,共8天。1月26日(周日)、2月8日(周六)上班。
三、清明节:4月4日(周五)至6日(周日)放假,共3天。四、劳动节:5月1日(周四)至5日(周一)放假调休,共5天。4月27日(周日)上班。
五、端午节:5月31日(周六)至6月2日(周一)放假,共3天。六、国庆节、中秋节:10月1日(周三)至8日(周三)放假调休,共8天。9月28日(周日)、10月11日(周六)上班。
节假日期间,各地区、各部门要妥善安排好值班。"""
OF_2024 = """国务院办公厅关于2024年部分节假日安排的通知
一、元旦:1月1日放假,与周末连休。
二、春节:2月10日至17日放假调休,共8天。2月4日(星期日)、2月18日(星期日)上班。鼓励各单位结合带薪年休假等制度落实,安排职工在除夕(2月9日)休息。
三、清明节:4月4日至6日放假调休,共3天。4月7日(星期日)上班。
四、劳动节:5月1日至5日放假调休,共5天。4月28日(星期日)、5月11日(星期六)上班。
五、端午节:6月10日放假,与周末连休。
六、中秋节:9月15日至17日放假调休,共3天。9月14日(星期六)上班。
七、国庆节:10月1日至7日放假调休,共7天。9月29日(星期日)、10月12日(星期六)上班。
节假日期间,各地区、各部门要妥善安排好值班。
国务院办公厅
2023年10月25日"""


def test_every_day_of_three_years_is_worked_or_off_as_the_notices_say() -> None:
    assert {day: shipped().is_working(day) for day in WORKED} == WORKED
    assert len(WORKED) == (LAST - FIRST).days + 1 == 1096


def test_how_many_days_are_worked_in_a_year() -> None:
    # 2025: 365 days, 104 on weekends (52 × 2), off: 28 days of which 8 fall on weekends (4/5 4/6 5/3 5/4 5/31 6/1
    # 10/4 10/5, and 2/1 2/2 of 春节: 10), 5 made up: 365 − 104 − 18 + 5
    assert sum(worked for day, worked in WORKED.items() if day.year == 2025) == 365 - 104 - (28 - 10) + 5


@pytest.mark.parametrize(("text", "year"), [(OF_2024, 2024), (OF_2025, 2025), (OF_2026, 2026)])
@pytest.mark.parametrize("wide", [False, True])
def test_a_pasted_notice_gives_the_shipped_table(text: str, year: int, wide: bool) -> None:
    if wide:
        text = text.translate(str.maketrans("():,1234", "\uff08\uff09\uff1a\uff0c\uff11\uff12\uff13\uff14"))
        text = text.replace("\uff12026", "2026")
    table = read_notice(text, year)
    read = Calendar().with_table(table)
    for day, worked in WORKED.items():
        if day.year == year:
            assert read.is_working(day) == worked, day


def test_its_number_is_kept() -> None:
    assert read_notice(OF_2026).number == "国办发明电〔2025〕7号"
    assert read_notice(OF_2026).year == 2026


@pytest.mark.parametrize(
    ("was", "said", "code", "named"),
    [
        ("至3日(周六)放假调休,共3天", "至3日(周六)放假调休,共4天", "count", "3天"),
        ("1月4日(周日)上班", "1月4日(周六)上班", "weekday", "周日"),
        ("4月4日(周六)至6日(周一)", "4月4日(周五)至6日(周一)", "weekday", "4月4日"),
        ("1月4日(周日)上班", "1月5日(周一)上班", "worked_anyway", "1月5日"),
        ("5月9日(周六)上班", "5月2日(周六)上班", "off_and_work", "5月2日"),
        ("5月9日(周六)上班", "2月30日(周六)上班", "no_such_day", "2月30日"),
        ("6月19日(周五)至21日(周日)放假,共3天", "6月21日(周日)至19日(周五)放假,共3天", "backwards", "6月21日"),
        ("6月19日(周五)至21日(周日)放假,共3天", "6月17日放假,与周末连休", "not_weekend", "端午"),
        ("  六、中秋节:9月25日(周五)至27日(周日)放假,共3天。\n", "", "lacking", "中秋"),
        ("10月1日(周四)至7日(周三)放假调休,共7天", "10月2日(周五)至7日(周三)放假调休,共6天", "fixed", "10月1日"),
        ("5月9日(周六)上班", "5月9日(周六)公休日调至5月4日", "not_understood", "公休日"),
        ("5月9日(周六)上班", "2028年5月13日(周六)上班", "other_year", "2028"),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused_aloud(was: str, said: str, code: str, named: str) -> None:
    assert was in OF_2026
    with pytest.raises(Contradiction) as refused:
        read_notice(OF_2026.replace(was, said))
    assert code in [wrong.code for wrong in refused.value.wrong]
    assert named in str(refused.value)


@pytest.mark.parametrize("text", ["", "今天放假", "一、元旦:放假。", OF_2026[:200].replace("2026", "")])
def test_what_is_no_notice_is_refused(text: str) -> None:
    with pytest.raises(Contradiction):
        read_notice(text)


def test_a_year_without_a_table_is_not_guessed() -> None:
    with pytest.raises(LookupError, match="2027"):
        shipped().is_working(date(2027, 3, 1))
    assert not shipped().covers(date(2027, 3, 1))


def test_a_notice_may_name_days_of_the_december_before() -> None:
    text = OF_2026.replace(
        "1月1日(周四)至3日(周六)放假调休,共3天。1月4日(周日)上班",
        "2025年12月31日(周三)至2026年1月2日(周五)放假调休,共3天。2025年12月28日(周日)上班",
    )
    found = shipped().with_table(read_notice(text))
    assert not found.is_working(date(2025, 12, 31))
    assert found.is_working(date(2025, 12, 28))
    assert found.is_working(date(2026, 1, 5))
    assert not found.is_working(date(2026, 1, 4))
    others = (FIRST + timedelta(days=step) for step in range(700))
    assert all(found.is_working(day) == WORKED[day] for day in others if day < date(2025, 12, 28))


def test_older_wordings_are_read_too() -> None:
    of_2023 = read_notice(
        "国务院办公厅关于2023年部分节假日安排的通知\n"
        "一、元旦:2022年12月31日至2023年1月2日放假调休,共3天。\n"
        "二、春节:1月21日至27日放假调休,共7天。1月28日(星期六)、1月29日(星期日)上班。\n"
        "三、清明节:4月5日放假,共1天。\n"
        "四、劳动节:4月29日至5月3日放假调休,共5天。4月23日(星期日)、5月6日(星期六)上班。\n"
        "五、端午节:6月22日至24日放假调休,共3天。6月25日(星期日)上班。\n"
        "六、中秋节、国庆节:9月29日至10月6日放假调休,共8天。10月7日(星期六)、10月8日(星期日)上班。\n"
    )
    assert (len(of_2023.off), len(of_2023.work)) == (3 + 7 + 1 + 5 + 3 + 8, 2 + 2 + 1 + 2)
    assert date(2022, 12, 31) in of_2023.off
    made_up_for = "五、端午节:6月9日放假,6月10日(星期一)补休。\n"  # as in the notice of 2017 for New Year
    text = OF_2024.replace("五、端午节:6月10日放假,与周末连休。\n", made_up_for)
    assert read_notice(text).off >= {date(2024, 6, 9), date(2024, 6, 10)}
