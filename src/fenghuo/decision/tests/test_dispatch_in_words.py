"""Every reason of dispatch as a sentence in both languages, and a proposal read aloud."""

import pytest

from fenghuo.decision.dispatch import MEANT, Cover, Need, Of, Reason, Team, Why, propose, said

NAMES = {1: "消防一中队", 2: "消防二中队"}


@pytest.mark.parametrize("code", list(Why))
def test_every_reason_has_a_sentence_in_both_languages(code: Why) -> None:
    text = str(Of.NEIGHBOUR) if code is Why.COULD_ASK else str(MEANT[0])
    reason = Reason(code, "medical", 1, 2, text, people=3, bound=1)
    zh, en = said(reason, "zh-CN", NAMES), said(reason, "en", NAMES)
    assert zh
    assert en
    assert not {"{", "}", "None"} & (set(zh) | set(en))
    assert zh != en
    assert not zh.endswith("。")


def test_a_team_that_is_not_named_is_another_team() -> None:
    assert said(Reason(Why.AFTER, team=9), "zh", NAMES) == "另一支队伍更近，但目前不能出动"
    assert said(Reason(Why.AFTER, team=9), "en", NAMES) == "another team would be nearer, but is not free"


def test_what_each_choice_would_cost_to_leave_out_is_said() -> None:
    teams = [
        Team(1, "消防一中队", frozenset({"rescue_cutting"}), 240),
        Team(2, "消防二中队", frozenset({"rescue_cutting"}), 660),
        Team(3, "急救站", frozenset({"medical"}), 180),
    ]
    found = propose([Need("rescue_cutting", 1, True, "a"), Need("medical", 1, True, "b")], teams)
    names = {team.id: team.name for team in teams}
    assert {said(one.why, "zh", names) for one in found.without} == {
        "如不派消防一中队：改派消防二中队，晚 7 分钟",
        "如不派急救站：就少 1 支，没有队伍可替",
    }
    assert found.runner_up is not None
    assert found.runner_up.team.id == 1


def test_the_last_team_of_a_village_stays_when_another_is_as_soon_to_the_minute() -> None:
    last = Team(1, "东站", frozenset({"firefighting"}), 601)
    spare = Team(2, "西站", frozenset({"firefighting"}), 640)
    village = Cover("v", "草堂营村", 1830, frozenset({1}))
    found = propose([Need("firefighting", 1, True, "a")], [last, spare], cover=[village])
    assert [one.team.id for one in found.choices] == [2]
    (kept,) = found.not_chosen
    assert said(kept.why[0], "zh", {}) == "留守：一旦出动，1 处、1,830 人近处不再有队伍：草堂营村"
    both = propose([Need("firefighting", 2, True, "a")], [last, spare], cover=[village])
    assert both.uncovered == (village,)
    assert Why.LEAVES in [one.code for choice in both.choices for one in choice.why]
