"""Circular and appraisal: what stands in them, where from, and who gets them."""

import re
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from openpyxl import load_workbook

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import NotAllowed, WrongState
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.measures.asking import Moment
from fenghuo.kernel.submissions.services import accept
from fenghuo.oversight.workplan.models import Target, TargetUnit, WorkPlan
from fenghuo.oversight.workplan.papers import figures_of
from fenghuo.oversight.workplan.selectors import matrix
from fenghuo.oversight.workplan.services import create_proof, make_paper, send_proof
from tests.county import County

from .conftest import at, in_force

type Make = Callable[..., Target]
type SignIn = Callable[..., Client]
DRILLS: dict[str, Any] = {"measure": "submissions.accepted", "options": {"kind": "exercise_record_up"}}
EXPERTS: dict[str, Any] = {"measure": "submissions.accepted", "options": {"kind": "expert_group"}}


@pytest.fixture(autouse=True)
def autumn(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    monkeypatch.setattr(timezone, "now", lambda: timezone.make_aware(datetime(2026, 10, 12, 9, 5)))


@pytest.fixture
def year(county: County, plan: WorkPlan, target: Make) -> WorkPlan:
    """演练 by June: a in time, b never. 专家 by March: both, b a month late. 规程 by the end: the police none yet."""
    target(**DRILLS, title="演练", quota=2, weight=3, due=date(2026, 6, 30))
    target(**EXPERTS, title="专家", due=date(2026, 3, 31))
    target(**EXPERTS, title="=备案", due=date(2026, 10, 31), kinds=["department"])
    target("shelters.ready", title="避难场所")
    in_force(plan)
    for unit, kind, month in (("a", 0, 2), ("a", 0, 5), ("b", 0, 3), ("a", 1, 2), ("b", 1, 4), ("psb", 1, 7)):
        made = create_proof(
            by=SYSTEM, unit=county.units[unit], kind=("exercise_record_up", "expert_group")[kind], title="x"
        )
        (course,) = send_proof(made, by=SYSTEM, on_paper=True, happened_at=at(month, 10))
        accept(course, by=SYSTEM, happened_at=at(month, 11))
    plan.refresh_from_db()
    return plan


def word(plan: WorkPlan, paper: str = "circular.docx", day: date | None = None, by: Any = SYSTEM) -> Any:
    moment = Moment.end_of(day) if day else Moment.now()
    return Document(BytesIO(make_paper(plan, paper, by=by, moment=moment)))


def texts(document: Any) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def grid(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def headings(document: Any) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]


def test_the_circular_reads_as_an_office_writes_it(year: WorkPlan) -> None:
    made = word(year)
    assert made.paragraphs[0].text == "关于2026年应急管理工作要点落实情况的通报"
    assert headings(made) == ["一、总体进展", "二、按时完成的指标和单位", "三、滞后的单位和指标", "四、下一步要求"]
    said = texts(made)
    assert re.search(r"^＿+：$", said, re.MULTILINE)  # 主送 is left to fill in
    assert "截至2026年10月12日9时05分" in said
    assert "指标4项，其中3项有记录可以核算" in said
    assert "应完成7项次，已完成4项次" in said
    assert "逾期1项次" in said
    assert "第3.3条中有1项指标暂无记录可以核算" in said


def test_who_is_late_stands_in_it_line_by_line(year: WorkPlan) -> None:
    (table,) = word(year).tables
    assert grid(table) == [
        ["序号", "单位", "指标", "应完成", "已完成", "差额", "到期日"],
        ["1", "余下街道办事处", "3.3 演练（不少于2）", "2", "1", "1", "2026-06-30"],
    ]


def test_what_was_done_after_its_day_is_not_called_in_time(year: WorkPlan) -> None:
    said = texts(word(year))
    assert "尚没有应完成单位全部按时完成的指标" in said
    assert "下列1项指标期限之后才全部完成：3.3 专家，2个单位，2026年3月31日到期" in said
    assert "已全部完成的单位（2个）：草堂街道办事处、鄠邑区公安局" in said


def test_what_was_done_in_time_is_named(county: County, plan: WorkPlan, year: WorkPlan, target: Make) -> None:
    clause = {"kinds": [], "units": [county.units["a"]], "reason": "补"}
    made = target(**EXPERTS, title="甲专家", due=date(2026, 12, 31), **clause)
    Target.objects.filter(pk=made.pk).update(since=at(1, 1, 0), due=date(2026, 6, 30))
    said = texts(word(year))
    assert "（1）3.3 甲专家，1个单位，2026年6月30日到期" in said
    assert "下列1项指标期限之后才全部完成：3.3 专家" in said


def test_a_quarters_end_is_told_as_it_was(year: WorkPlan) -> None:
    made = word(year, day=date(2026, 3, 31))
    said = texts(made)
    assert "（截至2026年3月31日）" in said
    assert "应完成7项次，已完成1项次" in said  # a's experts
    assert made.tables == []  # nothing was overdue at that day's end
    assert "没有逾期的指标" in said


def test_page_and_fonts_are_those_of_an_official_paper(year: WorkPlan) -> None:
    made = word(year)
    page = made.sections[0]
    sides = (page.page_width, page.page_height, page.top_margin, page.left_margin, page.right_margin)
    assert [round(side / Mm(1)) for side in sides] == [210, 297, 37, 28, 26]

    def fonts(paragraph: Any) -> tuple[str, float]:
        run = paragraph.runs[0]
        return run._element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt

    by_text = {paragraph.text: paragraph for paragraph in made.paragraphs if paragraph.text}
    assert fonts(made.paragraphs[0]) == ("方正小标宋简体", 22)
    assert fonts(by_text["一、总体进展"]) == ("黑体", 16)
    assert fonts(next(one for one in made.paragraphs if one.text.startswith("根据"))) == ("仿宋_GB2312", 16)
    for footer in (page.footer, page.even_page_footer):
        assert "PAGE" in footer._element.xml
    table = next(part for part in made.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    assert 'w:altName w:val="仿宋,FangSong,华文仿宋"' in table.blob.decode()


def test_the_ranking_of_the_townships_with_its_rule(year: WorkPlan) -> None:
    """a: (3 × 2/2 + 1 × 1) / 4 = 100; b: (3 × 1/2 + 1) / 4 = 62.50. 避难场所 is measured by nobody."""
    made = word(year, "appraisal.docx")
    assert headings(made) == [
        "一、考核依据和范围",
        "二、各组得分和名次",
        "（一）乡镇（街道）",
        "（二）部门",
        "三、分条款完成情况",
        "四、未计入的指标",
    ]
    towns, departments, clauses = (grid(table) for table in made.tables)
    assert towns[0] == ["名次", "单位", "得分", "应完成", "已完成", "进行中", "尚未开展", "逾期", "未计入"]
    assert towns[1:] == [
        ["1", "草堂街道办事处", "100.00", "2", "2", "0", "0", "0", "1"],
        ["2", "余下街道办事处", "62.50", "2", "1", "0", "0", "1", "1"],
    ]
    assert [row[:3] for row in departments[1:]] == [
        ["1", "鄠邑区公安局", "100.00"],
        ["2", "鄠邑区教育局", "0.00"],
        ["2", "鄠邑区交通运输局", "0.00"],
    ]
    assert clauses[1] == ["3.3 加强应急队伍建设", "7", "4", "0", "2", "1", "2"]
    assert texts(made).count("得分=100×Σ（权重×完成程度）÷Σ权重") == 2
    assert "暂无记录可以核算的指标1项：第3.3条" in texts(made)


def test_word_charts_hold_their_figures(year: WorkPlan) -> None:
    package = ZipFile(BytesIO(make_paper(year, "appraisal.docx", by=SYSTEM, moment=Moment.now())))
    charts = sorted(name for name in package.namelist() if name.startswith("word/charts/chart"))
    assert len(charts) == 3
    first = package.read(charts[0]).decode()
    assert "草堂街道办事处" in first
    assert "<c:v>62.5</c:v>" in first or "<v>62.5</v>" in first
    inside = load_workbook(BytesIO(package.read("word/embeddings/Microsoft_Excel_Sheet1.xlsx"))).worksheets[0]
    assert [inside.cell(row, 2).value for row in (1, 2, 3)] == ["单位", "草堂街道办事处", "余下街道办事处"]
    document = package.read("word/document.xml").decode()
    assert len(re.findall(r"<wp:docPr [^>]*descr=", document)) == 3


def book(plan: WorkPlan) -> Any:
    return load_workbook(BytesIO(make_paper(plan, "appraisal.xlsx", by=SYSTEM, moment=Moment.now())))


def test_the_workbook_has_charts_over_its_cells(year: WorkPlan) -> None:
    made = book(year)
    assert made.sheetnames == ["乡镇（街道）", "部门", "分条款", "明细", "说明"]
    towns = made["乡镇（街道）"]
    assert [[cell.value for cell in row][:3] for row in towns["A4:C6"]] == [
        ["名次", "单位", "得分"],
        [1, "草堂街道办事处", 100],
        [2, "余下街道办事处", 62.5],
    ]
    assert any("得分=100×" in str(row[0].value) for row in towns["A7:A12"])
    (chart,) = towns._charts
    (series,) = chart.series
    assert series.val.numRef.f == "'乡镇（街道）'!$C$5:$C$6"
    assert series.cat.strRef.f == "'乡镇（街道）'!$B$5:$B$6"
    (stacked,) = made["分条款"]._charts
    assert stacked.grouping == "stacked"
    assert [one.val.numRef.f for one in stacked.series] == [f"'分条款'!${column}$5" for column in "CDEF"]


def test_every_figure_stands_in_it_and_no_text_acts(year: WorkPlan) -> None:
    rows = list(book(year)["明细"].iter_rows(min_row=5))
    assert len(rows) == 9
    title = next(row[2] for row in rows if "备案" in str(row[2].value))
    assert title.data_type == "s"
    late = next([cell.value for cell in row] for row in rows if row[7].value == "逾期")
    assert late == ["乡镇（街道）", "余下街道办事处", "3.3 演练（不少于2）", 3, 2, 1, 1, "逾期", "2026-06-30", "计分"]
    assert sum(row[9].value == "不计分" for row in rows) == 2


def test_a_unit_without_measured_targets_has_no_rank(county: County, plan: WorkPlan, target: Make) -> None:
    target(**DRILLS, title="演练", kinds=[], units=[county.units["a"]])
    target("shelters.ready", title="避难场所")
    in_force(plan)
    plan.refresh_from_db()
    made = word(plan, "appraisal.docx")
    assert [row[1] for row in grid(made.tables[0])[1:]] == ["草堂街道办事处"]
    assert "不排名次的单位（1个）：余下街道办事处" in texts(made)


def test_what_its_keeper_may_not_see_is_said(county: County, plan: WorkPlan, target: Make) -> None:
    target(**DRILLS, title="演练")
    made = target(**DRILLS, title="联动", kinds=[], units=[county.units["psb"]])
    TargetUnit.objects.filter(target=made, part="scope").update(unit=county.units["neighbour"])
    in_force(plan)
    plan.refresh_from_db()
    keeper = county.actor("emo", "clerk")
    said = texts(word(plan, by=keeper))
    assert "另有1项次属于制表单位查看范围以外的单位，未计入" in said
    assert "周至县" not in said
    assert "应完成2项次" in said
    with pytest.raises(NotAllowed):  # who does not keep it has to see all
        word(plan, by=county.actor("government", "head"))


PAPERS = ("circular.docx", "appraisal.docx", "appraisal.xlsx")


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("unit", "role"), [("a", "head"), ("psb", "head"), ("village", "head")])
def test_who_does_not_see_all_gets_none(
    county: County, year: WorkPlan, sign_in: SignIn, paper: str, unit: str, role: str
) -> None:
    with pytest.raises(NotAllowed):
        make_paper(year, paper, by=county.actor(unit, role), moment=Moment.now())
    client = sign_in(unit, role)
    assert client.get(reverse("workplan:paper", args=[year.record.number, paper])).status_code == 403
    assert paper not in client.get("/workplan/").content.decode()


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("unit", "role"), [("emo", "clerk"), ("emo", "duty_officer"), ("government", "head")])
def test_who_keeps_it_or_sees_all_saves_it(
    county: County, year: WorkPlan, sign_in: SignIn, paper: str, unit: str, role: str
) -> None:
    client = sign_in(unit, role)
    address = reverse("workplan:paper", args=[year.record.number, paper])
    assert address in client.get("/workplan/").content.decode()
    before = Entry.objects.filter(verb="workplan.exported").count()
    answer = client.get(address + "?day=2026-09-30")
    assert answer.status_code == 200
    assert "20260930" in answer["Content-Disposition"]
    assert Entry.objects.filter(verb="workplan.exported").count() == before + 1


def test_a_day_on_which_the_plan_was_not_in_force_is_refused(year: WorkPlan, sign_in: SignIn) -> None:
    with pytest.raises(WrongState):
        make_paper(year, "circular.docx", by=SYSTEM, moment=Moment.end_of(date(2025, 12, 30)))
    client = sign_in("emo", "clerk")
    address = reverse("workplan:paper", args=[year.record.number, "circular.docx"])
    assert client.get(address + "?day=2019-01-01").status_code == 409
    assert client.get(reverse("workplan:paper", args=[year.record.number, "other.docx"])).status_code == 404


def test_it_costs_two_matrices_here(year: WorkPlan) -> None:
    """One, and one for each due day that is over: here of 专家 alone."""
    found = matrix(SYSTEM, year, Moment.now())
    with CaptureQueriesContext(connection) as asked:
        figures_of(SYSTEM, year, found)
    assert len(asked) <= 12
