"""The same plan pasted otherwise has the same clauses, units, days and quotas."""

import re
from collections.abc import Callable

import pytest

from fenghuo.standards.extraction.writing import PLAIN
from fenghuo.standards.workplans import DraftPlan, Why, read_plan

from .expected import PLANS, even, said

SEED = (PLANS / "county-2012.md").read_text(encoding="utf-8")
NUMERALS = "〇一二三四五六七八九十"


def from_word(text: str) -> str:
    """As the county wrote it: 一、继续加快…, (一)抓好…"""
    text = re.sub(r"^## (\d) ", lambda match: f"{NUMERALS[int(match[1])]}、", text, flags=re.MULTILINE)
    return re.sub(r"^\*\*\d\.(\d)\*\* ", lambda match: f"（{NUMERALS[int(match[1])]}）", text, flags=re.MULTILINE)


def wide(text: str) -> str:
    """Digits and signs as full-width forms, markdown left alone."""
    return from_word(text).translate({narrow: full for full, narrow in PLAIN.items() if chr(narrow) not in "#* \n"})


def spaced(text: str) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fa5\d])(?=[\u4e00-\u9fa5\d])", " ", from_word(text))


def broken(text: str) -> str:
    """Lines of thirty characters, and a page number every 21 lines."""
    lines = []
    for paragraph in from_word(text).split("\n"):
        lines += [paragraph[place : place + 30] for place in range(0, len(paragraph), 30)] or [""]
    pages = [lines[place : place + 21] for place in range(0, len(lines), 21)]
    return "\n".join("\n".join([*page, f"- {number} -"]) for number, page in enumerate(pages, 1))


def indented(text: str) -> str:
    return "\r\n".join(f"\u3000\u3000{line}\t" for line in from_word(text).split("\n"))


def told(draft: DraftPlan) -> list[str]:
    """A clause each. A page number within the words of a quota belongs to what was written there, and is taken out."""
    clauses = [(one.number, even(one.title), [vars(said(target)) for target in one.targets]) for one in draft.clauses]
    return [re.sub(r"-\d+-", "", str(clause)) for clause in clauses]


@pytest.mark.parametrize("pasted", [from_word, wide, spaced, broken, indented])
def test_it_says_the_same(pasted: Callable[[str], str]) -> None:
    assert told(read_plan(pasted(SEED))) == told(read_plan(SEED))


def test_labels_stay_as_they_were_written() -> None:
    assert read_plan(SEED).clauses[0].label == "1.1"
    assert read_plan(from_word(SEED)).clauses[0].label == "(一)"


def test_titles_keep_the_signs_that_were_written() -> None:
    draft = read_plan("一、 演练（防汛）\n（一）加强演练（桌面）。各镇要完成1次演练。", 2025)
    assert (draft.chapters[0].title, draft.clauses[0].title) == ("演练（防汛）", "加强演练（桌面）")


def test_a_plan_without_chapters_is_numbered_through() -> None:
    draft = read_plan("1. 加强值班。各镇要每月开展1次检查。\n2. 加强演练。各镇要在6月底前完成1次演练。", 2025)
    assert [(clause.number, clause.title) for clause in draft.clauses] == [("1", "加强值班"), ("2", "加强演练")]
    assert draft.chapters == ()


def test_signature_annex_and_copies_are_no_duty() -> None:
    end = "\n附件：任务清单\n抄送：县委办公室。\n清河县人民政府办公室\n2012年3月1日\n"
    assert told(read_plan(from_word(SEED) + end)) == told(read_plan(SEED))


@pytest.mark.parametrize(("lost", "number"), [("## 3 ", "3"), ("**2.2** ", "2.2")])
def test_a_lost_number_is_said(lost: str, number: str) -> None:
    doubts = [doubt for doubt in read_plan(SEED.replace(lost, "")).doubts if doubt.number == number]
    assert {doubt.code for doubt in doubts} & {Why.CHAPTER_MISSING, Why.CLAUSE_MISSING}


def test_a_number_that_stands_twice_is_said() -> None:
    draft = read_plan(SEED.replace("**1.3**", "**1.2**"))
    assert [doubt.number for doubt in draft.doubts if doubt.code == Why.NUMBER_TWICE] == ["1.2"]


def test_merged_cells_take_the_unit_above() -> None:
    rows = "序号\t工作任务\t责任单位\t完成时限\n1\t开展防汛演练\t县水利局\t5月底前\n2\t完成水库检查\t\t6月底前"
    first, second = read_plan(rows, 2025).clauses
    assert [unit.words for unit in second.targets[0].lead] == ["县水利局"]
    assert second.targets[0].lead[0].inherited
    assert not first.targets[0].lead[0].inherited


def test_a_table_without_a_head_is_guessed() -> None:
    (clause,) = read_plan("一、任务\n1\t开展防汛应急演练不少于2次\t县水利局\t各镇\t5月底前", 2025).clauses
    assert (clause.number, clause.title) == ("1.1", "开展防汛应急演练不少于2次")
    assert [unit.words for unit in clause.targets[0].lead] == ["县水利局"]
    assert str(clause.targets[0].dues[0].last) == "2025-05-31"


def test_a_day_before_its_number_in_the_row_hides_nothing() -> None:
    rows = "工作任务\t完成时限\t责任单位\t目标\n开展防汛演练\t5月底前\t县水利局\t2次\n"
    rows += "购置应急帐篷\t6月底前\t县应急局\t30顶"
    first, second = read_plan(rows, 2025).clauses
    assert [str(quota.low) + quota.unit for clause in (first, second) for quota in clause.targets[0].quotas] == [
        "2次",
        "30顶",
    ]
    assert [str(due.last) for clause in (first, second) for due in clause.targets[0].dues] == [
        "2025-05-31",
        "2025-06-30",
    ]


@pytest.mark.parametrize("bracket", ["(桌面推演)", "(以块为主负责)", "(坚持人民至上,落实责任)", "(含社区)"])
def test_a_bracket_that_names_no_unit_is_no_note(bracket: str) -> None:
    (clause,) = read_plan(f"一、加强演练。各镇要在6月底前完成1次演练{bracket}。", 2025).clauses
    assert [unit.words for unit in clause.targets[0].lead] == ["各镇"]
    assert clause.targets[0].supporting == ()


def test_a_subject_that_nothing_proves_is_uncertain() -> None:
    text = "一、加强备案。各村委会的应急预案要在镇政府备案。县应急局要开展检查。"
    first, second = read_plan(text, 2025).clauses[0].targets
    assert (first.lead[0].certain, second.lead[0].certain) == (False, True)


def test_titles_in_two_halves() -> None:
    (clause,) = read_plan("1.加强督考，狠抓落实。县政府督查室要完善机制，加强督查。", 2025).clauses
    assert (clause.title, len(clause.targets)) == ("加强督考，狠抓落实", 1)


def test_a_short_duty_with_its_unit_is_no_title() -> None:
    (clause,) = read_plan("1.县应急局制定年度演练计划。演练以防汛为主，加强实战。", 2025).clauses
    assert [target.tidy for target in clause.targets] == ["县应急局制定年度演练计划。", "演练以防汛为主，加强实战。"]


def test_labels_on_lines_of_their_own() -> None:
    text = "（一）开展防汛演练\n演练时间：5月10日\n演练地点：沿河村\n"
    text += "实施单位：乡政府、各村委会\n演练科目：转移群众，救治伤员"
    (target,) = read_plan(text, 2025).clauses[0].targets
    assert [unit.words for unit in target.lead] == ["乡政府", "各村委会"]
    assert [str(due.last) for due in target.dues] == ["2025-05-10"]
