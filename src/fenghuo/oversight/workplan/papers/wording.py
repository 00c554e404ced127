"""The Chinese words of the papers."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.measures.asking import Moment

from ..models import Every, Quota, Target
from ..reckoning import Stand

GROUPS_ZH: dict[str, str] = {
    UnitKind.TOWNSHIP: "乡镇（街道）",
    UnitKind.DEPARTMENT: "部门",
    "county": "县级机构",
    UnitKind.COMMITTEE: "村（社区）",
    "others": "企业、学校及其他单位",
}
STANDS_ZH = {
    Stand.DONE: "已完成",
    Stand.UNDER_WAY: "进行中",
    Stand.OPEN: "尚未开展",
    Stand.OVERDUE: "逾期",
    Stand.FREE: "无需完成",
    Stand.UNKNOWN: "当日情况不明",
    Stand.UNMEASURED: "暂无记录可核算",
}
EVERY_ZH = {Every.HALF: "每半年", Every.QUARTER: "每季度", Every.MONTH: "每月"}
NUMERALS = "一二三四五六七八九十"
BLANK, SHORT_BLANK = "＿" * 12, "＿" * 3
DATE_BLANK = f"{SHORT_BLANK}年{SHORT_BLANK}月{SHORT_BLANK}日"
DEMO = "（演示数据，不得印发）"
RULE = (
    "得分=100×Σ（权重×完成程度）÷Σ权重，其中完成程度=已完成数÷应完成数，超过1的按1计。",
    (
        "只计本单位应当完成且已有记录可以核算的指标；无需完成的、暂无记录可核算的、当日情况不明的，既不得分也不扣分，"
        "后两种在“未计入”栏列出项数。按季度等重复完成的指标，以全年应完成的期数为应完成数；期限之后补做完成的按完成计。"
    ),
    "得分保留两位小数，其后舍去；得分相同的名次并列，其后的名次相应空出。各组单位应承担的指标不同，只在本组内排名。",
    "没有可核算指标的单位不排名次，列在表后。",
)


def day_said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def as_of(moment: Moment) -> str:
    """截至2026年9月30日, of the present also the time."""
    if moment.past:
        return f"截至{day_said(moment.day)}"
    at = timezone.localtime(moment.at)
    return f"截至{day_said(at.date())}{at.hour}时{at.minute:02d}分"


def target_said(target: Target) -> str:
    """3.3 综合队百人(每季度,不少于80%)."""
    asks = []
    if target.every in EVERY_ZH:
        asks.append(EVERY_ZH[Every(target.every)])
    if target.quota_kind == Quota.PERCENT:
        asks.append(f"不少于{target.quota}%")
    elif target.quota > 1:
        asks.append(f"不少于{target.quota}")
    return f"{target.clause.number} {target.title}" + (f"（{'，'.join(asks)}）" if asks else "")


def numbers_said(targets: Iterable[Target]) -> str:
    """The clauses, each once: 1.2、3.3."""
    return "、".join(dict.fromkeys(target.clause.number for target in targets))


def first_few(words: Sequence[str], most: int = 30) -> str:
    """By name as far as a sentence bears it."""
    said = "、".join(words[:most])
    return said if len(words) <= most else f"{said}等{len(words)}个"


def hidden_said(many: int) -> str:
    return f"另有{many}项次属于制表单位查看范围以外的单位，未计入。"
