"""Which units of a register the words of a plan may mean."""

import pytest

from fenghuo.standards.workplans import UnitKind, UnitWords, match_units

REGISTER = [
    ("ps", "户县公安局", ["公安局"]),
    ("plan", "户县规划建设和住房保障局", []),
    ("city", "户县市容园林局", []),
    ("em", "户县应急管理局", ["县应急局"]),
    ("office", "户县应急管理办公室", []),
    ("env", "户县环境保护局", []),
    ("edu", "户县教育局", []),
    ("edu2", "户县教育考试局", []),
    ("ganhe", "甘河镇人民政府", []),
    ("yuxia", "余下街道办事处", []),
    ("shengli", "胜利村村民委员会", []),
]


def candidates(words: str, kind: UnitKind = UnitKind.NAMED) -> dict[str, float]:
    (matched,) = match_units([UnitWords(words, 0, len(words), kind)], REGISTER)
    return {candidate.key: candidate.certainty for candidate in matched.candidates}


@pytest.mark.parametrize(
    ("words", "key", "certainty"),
    [
        ("户县公安局", "ps", 1.0),
        ("户 县 公安局", "ps", 1.0),
        ("县应急局", "em", 0.95),
        ("户县规划建设与住房保障局", "plan", 0.9),
        ("甘河镇", "ganhe", 0.9),
        ("胜利村", "shengli", 0.9),
        ("市容园林局", "city", 0.8),
        ("县规划建设和住房保障局", "plan", 0.8),
        ("县应急办", "office", 0.6),
        ("县政府办（应急办）", "office", 0.6),
        ("环保", "env", 0.5),
        ("余下镇", "yuxia", 0.4),
    ],
)
def test_one_candidate(words: str, key: str, certainty: float) -> None:
    assert candidates(words) == {key: certainty}


def test_two_that_fit_equally_are_both_named() -> None:
    assert candidates("教育") == {"edu": 0.5, "edu2": 0.5}


def test_words_for_many_and_unknown_names_have_none() -> None:
    assert candidates("各乡镇", UnitKind.TOWNSHIPS) == {}
    assert candidates("县财政局") == {}


def test_only_one_near_candidate_is_sure() -> None:
    words = [UnitWords(name, 0, len(name), UnitKind.NAMED) for name in ("县公安局", "县应急办", "教育")]
    assert [matched.sure for matched in match_units(words, REGISTER)] == ["ps", None, None]
