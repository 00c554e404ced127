"""A text of another kind gives no clauses and one plain doubt; no text at all raises, and all places lie inside it."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenghuo.standards.workplans import DraftPlan, Due, Quota, UnitWords, Why, read_plan, said

from .expected import PLANS

SEED = (PLANS / "county-2012.md").read_text(encoding="utf-8")
NOVEL = """第一章 雨夜
三月的夜里，他独自走在街上。雨下得很大，路灯昏黄。“你来了。”她说。他点了点头，没有回答。
第二章 归来
一年以后，他们又一次相遇。老人在门口坐着，看见他笑了笑。"""
LONG = SEED + "\n" * 150_000
PHONES = "姓名\t电话\t单位\n张三\t13800000000\t县应急局\n李四\t13900000000\t县水利局"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Why.EMPTY),
        (" \n\t\u3000\n", Why.EMPTY),
        ("1. The county shall hold two drills by June.\n2. Townships report each month.", Why.NOT_CHINESE),
        (bytes(range(256)).decode("latin-1") * 40, Why.NOT_CHINESE),
        ("1、张三 13800000000\n2、李四 13900000000\n3、王五 029-84812345", Why.NOT_CHINESE),
        (PHONES, Why.NOT_A_PLAN),
        (NOVEL, Why.NOT_A_PLAN),
        ("那天夜里，镇上的人都没有睡。老王提着马灯，一个人走到村口，心里想着三天前的事。", Why.NO_HEADINGS),
    ],
)
def test_no_clauses_and_one_doubt(text: str, code: Why) -> None:
    draft = read_plan(text)
    assert (draft.clauses, [doubt.code for doubt in draft.doubts]) == ((), [code])


def test_what_stands_behind_the_limit_is_said_to_be_unread() -> None:
    draft = read_plan(LONG)
    cut = next(doubt for doubt in draft.doubts if doubt.code == Why.CUT)
    assert (cut.start, cut.end, len(draft.clauses)) == (150_000, len(LONG), 18)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_doubt_is_a_sentence(language: str) -> None:
    texts = [
        "",
        "abc",
        NOVEL,
        "没有编号",
        SEED.replace("## 3 ", "").replace("**2.2** ", "").replace("6月底", "13月底"),
        SEED.replace("**1.3**", "**1.2**"),
        LONG,
        SEED.replace("2012年", ""),
    ]
    doubts = [doubt for text in texts for doubt in read_plan(text).doubts]
    doubts += read_plan(SEED, 2030).doubts
    assert {doubt.code for doubt in doubts} == set(Why)
    assert all("{" not in said(doubt, language) and len(said(doubt, language)) < 260 for doubt in doubts)


def pieces(draft: DraftPlan) -> Iterator[tuple[str, int, int]]:
    for clause in draft.clauses:
        yield clause.text, clause.start, clause.end
        for target in clause.targets:
            yield target.text, target.start, target.end
            found: tuple[UnitWords | Due | Quota, ...] = (
                *target.lead, *target.supporting, *target.receiving, *target.dues, *target.quotas
            )  # fmt: skip
            for one in found:
                yield one.words, one.start, one.end
    for doubt in draft.doubts:
        if doubt.words and doubt.start is not None and doubt.end is not None:
            yield doubt.words, doubt.start, doubt.end


def holds(text: str) -> None:
    draft = read_plan(text)
    assert all(0 <= start < end <= len(text) and text[start:end] == words for words, start, end in pieces(draft))
    assert all(0 <= chapter.start < chapter.end <= len(text) for chapter in draft.chapters)
    assert draft.clauses or draft.doubts


@pytest.mark.parametrize(
    "path", [path for path in PLANS.iterdir() if path.suffix != ".toml"], ids=lambda path: path.stem
)
def test_the_words_of_whole_plans_lie_where_they_are_said_to(path: object) -> None:
    text = getattr(path, "read_text")(encoding="utf-8")  # noqa: B009
    assert len(list(pieces(read_plan(text)))) > 50
    holds(text)


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text(text: str) -> None:
    holds(text)


MARKS = "一、 （一） 1. 1.1 ## **2.3** ① 一是 、 ， 。 ； ： （ ） “ ” 《 》 \n \t \u3000 \x00 \ufeff ㈠ ⼀ \ud800"
WORDS = (
    "县公安局 各乡镇 和 要 加强 开展 演练 会同 报 备案 在 牵头 配合 责任单位： 完成时限： 序号\t工作任务\t责任单位\n"
)
DAYS = "2012年 0年 6月底以前 5月份前 13月40日 第二季度 年内 适时 10月 30日 二〇"
NUMBERS = "不少于 至少 1—2个 100人 每季度 一次 90%以上 百分之九十 99999999999999999999 〇"
PARTS = st.sampled_from(" ".join((MARKS, WORDS, DAYS, NUMBERS)).split(" "))


@given(st.lists(PARTS, max_size=60).map("".join))
@settings(max_examples=600, deadline=None)
def test_plans_in_pieces(text: str) -> None:
    holds(text)


@given(st.integers(0, len(SEED)), st.integers(0, 400), st.text(max_size=6))
@settings(max_examples=60, deadline=None)
def test_plans_with_a_hole(start: int, length: int, filling: str) -> None:
    holds(SEED[:start] + filling + SEED[start + length :])
