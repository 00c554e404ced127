"""The year's appraisal (考核) for Word: ranking by group with its rule and chart, the clauses, what is left out."""

from docx.document import Document as WordDocument
from openpyxl import Workbook

from .charts import MOST_BARS
from .figures import Figures, Group
from .official import heading, new_paper, note, saved, say, signed, table, title
from .sheets import CLAUSES, PLACED, clause_chart, clause_rows, counts_row, group_rows, put_table, score_chart
from .word_charts import put_chart
from .wording import BLANK, DATE_BLANK, DEMO, GROUPS_ZH, NUMERALS, RULE, as_of, first_few, hidden_said, numbers_said


def appraisal_docx(figures: Figures) -> bytes:
    named = f"{figures.plan.year}年应急管理工作要点落实情况考核结果"
    document = new_paper(named)
    under = [f"（{as_of(figures.moment)}）"] + ([DEMO] if figures.plan.record.demo else [])
    title(document, named, " ".join(under))
    heading(document, "一、考核依据和范围")
    _scope(document, figures)
    heading(document, "二、各组得分和名次")
    for place, group in enumerate(figures.groups):
        heading(document, f"（{NUMERALS[place]}）{GROUPS_ZH[group.key]}", 2)
        _group(document, group, figures)
    heading(document, "三、分条款完成情况")
    _clauses(document, figures)
    heading(document, "四、未计入的指标")
    _left_out(document, figures)
    signed(document, BLANK, DATE_BLANK)
    return saved(document)


def _scope(document: WordDocument, figures: Figures) -> None:
    whole, measured = figures.whole, sum(row.measured for row in figures.rows)
    share = "" if figures.percent is None else f"，按权重计算完成{figures.percent}%"
    say(
        document,
        f"考核依据《{figures.plan.record.title}》（{figures.plan.record.number}，第{figures.plan.version}版）。"
        f"{as_of(figures.moment)}，要点{len(figures.clauses)}条共有指标{len(figures.rows)}项，其中{measured}项有记录可以核算。"
        f"分解到各单位，应完成{whole.owed}项次，已完成{whole.done}项次{share}，逾期{whole.overdue}项次。",
    )


def _group(document: WordDocument, group: Group, figures: Figures) -> None:
    if group.with_rank:
        say(document, f"{as_of(figures.moment)}，{len(group.with_rank)}个单位的得分和名次如下：")
        ranked = [
            (str(one.rank), one.unit.name, one.score, *map(str, counts_row(one.counts))) for one in group.with_rank
        ]
        table(document, PLACED, ranked, (1.1, 4.6, 1.6, 1.4, 1.4, 1.4, 1.6, 1.2, 1.4))
        _rule(document)
        _score_chart(document, group)
    if group.without:
        names = first_few([one.unit.name for one in group.without])
        say(document, f"没有可核算指标、不排名次的单位（{len(group.without)}个）：{names}。")


def _rule(document: WordDocument) -> None:
    note(document, f"计分规则：{RULE[0]}")
    for text in RULE[1:]:
        note(document, text)


def _score_chart(document: WordDocument, group: Group) -> None:
    if len(group.with_rank) > MOST_BARS:
        say(document, f"本组{len(group.with_rank)}个单位，得分图一页画不下，见考核结果的Excel文件。")
        return
    book = Workbook()
    page = book.worksheets[0]
    put_table(page, 1, PLACED, group_rows(group))
    chart = score_chart(page, 1, len(group.with_rank))
    put_chart(document, chart, book, f"{GROUPS_ZH[group.key]}各单位得分图")


def _clauses(document: WordDocument, figures: Figures) -> None:
    say(document, f"{as_of(figures.moment)}，各条款完成情况如下（单位：项次）：")
    rows = clause_rows(figures.clauses)
    table(document, CLAUSES, [tuple(map(str, row)) for row in rows], (6, 1.5, 1.5, 1.5, 1.8, 1.3, 1.5))
    if 0 < len(rows) <= MOST_BARS:
        book = Workbook()
        page = book.worksheets[0]
        put_table(page, 1, CLAUSES, rows)
        put_chart(document, clause_chart(page, 1, len(rows)), book, "各条款完成情况图")


def _left_out(document: WordDocument, figures: Figures) -> None:
    said = []
    if figures.unmeasured:
        said.append(f"暂无记录可以核算的指标{len(figures.unmeasured)}项：第{numbers_said(figures.unmeasured)}条。")
    if figures.unknown:
        said.append(f"当日情况不明的指标{len(figures.unknown)}项：第{numbers_said(figures.unknown)}条。")
    if figures.hidden:
        said.append(hidden_said(figures.hidden))
    for text in said or [f"{as_of(figures.moment)}，所有指标均已计入。"]:
        say(document, text)
