"""The circular (通报): how far the plan has got, what is done, who is late with what, what is asked next."""

from collections.abc import Sequence
from datetime import timedelta

from docx.document import Document as WordDocument

from .figures import Counts, Figures, Finished
from .official import addressed, heading, new_paper, note, saved, say, signed, table, title
from .wording import (
    BLANK,
    DATE_BLANK,
    DEMO,
    GROUPS_ZH,
    as_of,
    day_said,
    first_few,
    hidden_said,
    numbers_said,
    target_said,
)

SOON = timedelta(days=31)
LATE_SAID, UNSURE_SAID = "期限之后才全部完成", "已全部完成，期限当日的情况没有留存，是否按时不作判断"


def circular_docx(figures: Figures) -> bytes:
    """Whom it goes to, who signs it and by when answers are wanted is left to fill in."""
    named = f"关于{figures.plan.year}年应急管理工作要点落实情况的通报"
    document = new_paper(named)
    under = [f"（{as_of(figures.moment)}）"] + ([DEMO] if figures.plan.record.demo else [])
    title(document, named, " ".join(under))
    addressed(document, f"{BLANK}：")
    say(
        document,
        f"根据《{figures.plan.record.title}》（{figures.plan.record.number}），现将{as_of(figures.moment)}的落实情况"
        "通报如下。文中数字均由已登记的记录逐项核算，没有登记的工作不计入。",
    )
    _overall(document, figures)
    _finished(document, figures)
    _late(document, figures)
    _asked(document, figures)
    signed(document, BLANK, DATE_BLANK)
    return saved(document)


def _overall(document: WordDocument, figures: Figures) -> None:
    heading(document, "一、总体进展")
    whole, rows = figures.whole, figures.rows
    measured = sum(row.measured for row in rows)
    share = "" if figures.percent is None else f"，按权重计算完成{figures.percent}%"
    say(
        document,
        f"{as_of(figures.moment)}，工作要点{len(figures.clauses)}条共有指标{len(rows)}项，其中{measured}项有记录可以核算。"
        f"分解到各单位，应完成{whole.owed}项次，已完成{whole.done}项次{share}；"
        f"进行中{whole.under_way}项次，尚未开展{whole.open}项次，逾期{whole.overdue}项次。",
    )
    for group in figures.groups:
        counts = [one.counts for one in group.placed]
        if any(one.owed for one in counts):
            say(document, f"{GROUPS_ZH[group.key]}：{_counts_said(counts)}")
    if figures.unknown:
        say(document, f"另有{len(figures.unknown)}项指标当日情况不明，未计入：第{numbers_said(figures.unknown)}条。")
    if figures.hidden:
        say(document, hidden_said(figures.hidden))


def _counts_said(counts: Sequence[Counts]) -> str:
    owed, done, late = (sum(getattr(one, name) for one in counts) for name in ("owed", "done", "overdue"))
    return f"{len(counts)}个单位，应完成{owed}项次，已完成{done}项次，逾期{late}项次。"


def _finished(document: WordDocument, figures: Figures) -> None:
    heading(document, "二、按时完成的指标和单位")
    in_time = [one for one in figures.finished if one.in_time]
    if in_time:
        say(document, f"{as_of(figures.moment)}，下列{len(in_time)}项指标的应完成单位均已按时完成：")
        for place, one in enumerate(in_time, 1):
            say(document, f"（{place}）{_finished_said(one)}")
    else:
        say(document, f"{as_of(figures.moment)}，尚没有应完成单位全部按时完成的指标。")
    for wanted, words in (
        (False, "期限之后才全部完成"),
        (None, "已全部完成，期限当日的情况没有留存，是否按时不作判断"),
    ):
        others = [one for one in figures.finished if one.in_time is wanted]
        if others:
            say(document, f"下列{len(others)}项指标{words}：{'；'.join(map(_finished_said, others))}。")
    ready = [
        one.unit.name
        for group in figures.groups
        for one in group.placed
        if one.counts.owed and one.counts.done == one.counts.owed
    ]
    if ready:
        say(document, f"可核算的应完成指标已全部完成的单位（{len(ready)}个）：{first_few(ready)}。")


def _finished_said(one: Finished) -> str:
    row = one.row
    return f"{target_said(row.target)}，{len(row.owed)}个单位，{day_said(row.target.due)}到期"


def _late(document: WordDocument, figures: Figures) -> None:
    heading(document, "三、滞后的单位和指标")
    late = figures.late
    if not late:
        say(document, f"{as_of(figures.moment)}，没有逾期的指标。")
        return
    units, targets = len({one.unit.pk for one in late}), len({one.target.pk for one in late})
    say(
        document,
        f"{as_of(figures.moment)}，有{units}个单位、{targets}项指标到期没有完成，共{len(late)}项次，逐一列出如下。",
    )
    rows = [
        (
            str(place),
            one.unit.name,
            target_said(one.target),
            str(one.needed),
            str(one.value),
            str(one.left),
            one.target.due.isoformat(),
        )
        for place, one in enumerate(late, 1)
    ]
    heads = ("序号", "单位", "指标", "应完成", "已完成", "差额", "到期日")
    table(document, heads, rows, (0.8, 3.2, 5.6, 1.4, 1.4, 1.2, 2.2))
    note(document, "注：比例指标的应完成数按应覆盖的数量折算；按季度等重复完成的指标按全年应完成的期数列出。")


def _asked(document: WordDocument, figures: Figures) -> None:
    heading(document, "四、下一步要求")
    asked = []
    if figures.late:
        units = len({one.unit.pk for one in figures.late})
        asked.append(
            f"第三部分所列{units}个单位要对照{len(figures.late)}项次逾期指标逐项查明原因、补齐工作和记录，"
            f"于{DATE_BLANK}前将完成情况书面报送。"
        )
    soon = figures.due_by(figures.moment.day + SOON)
    if soon:
        said = "；".join(
            f"{target_said(row.target)}，{day_said(row.target.due)}到期，还有{len(row.owed) - row.done}个单位没有完成"
            for row in soon
            if row.measured
        )
        asked += [f"一个月内到期的指标，有关单位要按期完成：{said}。"] if said else []
    if figures.unmeasured:
        asked.append(
            f"第{numbers_said(figures.unmeasured)}条中有{len(figures.unmeasured)}项指标暂无记录可以核算，"
            f"牵头单位要按要点落实，并于{DATE_BLANK}前书面报送进展。"
        )
    if not asked:
        asked.append("各单位要继续按要点落实，及时登记记录。")
    for place, text in enumerate(asked, 1):
        say(document, f"{place}.{text}")
