"""`fenghuo decide`: questions to the decision core as files, for scripts and outside checks (interfaces.md)."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from fenghuo.decision.kinds import kinds

QUESTION = kinds()["coverage"].example
SITING = kinds()["siting"].example
CUT = {"capability": "rescue_cutting", "why": "rt-trapped"}
TOGETHER: dict[str, Any] = {
    "incidents": [{"id": 1, "name": "环山路事故", "needs": [CUT]}, {"id": 2, "name": "北线事故", "needs": [CUT]}],
    "teams": [
        {"id": 7, "name": "消防一中队", "capabilities": ["rescue_cutting"]},
        {"id": 8, "name": "消防二中队", "capabilities": ["rescue_cutting"]},
    ],
    "seconds": [[240, 300], [480, 3600]],
}

type Decide = Callable[..., tuple[int, Any]]


@pytest.fixture
def decide(tmp_path: Path) -> Decide:
    """(exit code, what stands on stdout) for a kind and a question, or words of the command line."""

    def run(kind: str, question: Any = None, *words: str) -> tuple[int, Any]:
        file = tmp_path / "question.json"
        if question is not None:
            file.write_text(question if isinstance(question, str) else json.dumps(question), encoding="utf-8")
        out = StringIO()
        code = 0
        try:
            call_command("decide", kind, *([str(file)] if question is not None else []), *words, stdout=out)
        except SystemExit as ended:
            code = int(str(ended.code))
        return code, json.loads(out.getvalue())

    return run


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kind_shows_its_schemas_and_an_example_that_it_answers(decide: Decide, kind: str) -> None:
    code, shown = decide(kind, None, "--schema")
    assert code == 0
    assert shown["question"]["type"] == shown["answer"]["type"] == "object"
    assert {"status", "objective", "bound", "choice", "reasons", "unmet"} <= set(shown["answer"]["properties"])
    assert decide(kind, shown["example"]["question"]) == (0, shown["example"]["answer"])


def test_a_coverage_is_answered_with_reasons_and_what_is_unmet(decide: Decide) -> None:
    code, answer = decide("coverage", QUESTION)
    assert (code, answer["status"], answer["objective"], answer["bound"]) == (0, "optimal", 2, 2)
    assert [one["demand"] for one in answer["unmet"]] == ["610118014204"]
    assert answer["reasons"][0]["code"] == "cut_off"
    assert "蔡家坡村" in answer["reasons"][0]["zh"]


def test_whole_numbers_may_stand_for_ids(decide: Decide) -> None:
    sites = [{"id": 1}, {"id": 2}]
    assert decide("coverage", QUESTION | {"sites": sites})[1]["choice"][0]["site"] == "2"
    assert decide("coverage", QUESTION | {"sites": [{"id": 1}, {"id": "1"}]})[0] == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"sites": []}, "sites"),
        ({"thresholds": [{"minutes": 5, "metres": 3}]}, "thresholds[0]"),
        ({"thresholds": [{"minutes": 15}, {"minutes": 5}]}, "thresholds[1]"),
        ({"seconds": [[1, 2], [1, "x"], [1, 2]]}, "seconds[1][1]"),
        ({"seconds": [[1, 2], [1], [1, 2]]}, "seconds[1]"),
        ({"demands": [{"id": "a", "people": "5"}]}, "demands[0].people"),
        ({"demandz": []}, "demandz"),
    ],
)
def test_a_bad_question_is_refused_by_field_and_nothing_is_answered(
    decide: Decide, wrong: dict[str, Any], field: str
) -> None:
    code, problem = decide("coverage", QUESTION | wrong)
    assert code == 1
    assert problem["status"] == 422
    assert field in [error["field"] for error in problem["errors"]]
    assert all(error["message"] for error in problem["errors"])
    assert "choice" not in problem


def test_not_a_number_in_the_file_is_named_where_it_stands(decide: Decide) -> None:
    code, problem = decide("coverage", json.dumps(QUESTION).replace("780", "NaN"), "--language", "en")
    assert (code, problem["errors"][0]["field"]) == (1, "seconds[0][0]")
    assert "null" in problem["errors"][0]["message"]


@pytest.mark.parametrize(
    ("kind", "question", "field"),
    [
        ("grading", {"kind": "storm_of_frogs", "day": "2026-05-12", "figures": {}}, "kind"),
        ("grading", {"kind": "road_traffic", "day": "12.5.", "figures": {}}, "day"),
        ("grading", {"kind": "road_traffic", "day": "2026-05-12", "figures": {"dead": -1}}, "figures.dead"),
        ("dispatch", {"needs": [{"capability": "flying"}], "teams": []}, "needs[0].capability"),
        ("dispatch", {"needs": [], "teams": [{"id": 1, "capabilities": []}] * 2}, "teams[1].id"),
        ("dispatch", TOGETHER | {"needs": [CUT]}, "needs"),
        ("dispatch", {"teams": []}, "needs"),
        ("dispatch", TOGETHER | {"seconds": None}, "seconds"),
        ("dispatch", TOGETHER | {"seconds": [[1, 2]]}, "seconds"),
        ("dispatch", TOGETHER | {"seconds": [[1, 2], [1]]}, "seconds[1]"),
        ("dispatch", TOGETHER | {"seconds": [[1, 2], [1, "soon"]]}, "seconds[1][1]"),
        ("dispatch", TOGETHER | {"no_road": [{"team": 7, "incident": 9}]}, "no_road[0].incident"),
        ("dispatch", TOGETHER | {"most": 3}, "most"),
        ("dispatch", TOGETHER | {"teams": [one | {"seconds": 5} for one in TOGETHER["teams"]]}, "teams[0].seconds"),
        ("dispatch", TOGETHER | {"incidents": [{"id": 1, "needs": [], "weight": 0}]}, "incidents[0].weight"),
        ("dispatch", {"needs": [CUT], "teams": [{"id": 1, "capabilities": [], "seconds": -1}]}, "teams[0].seconds"),
        ("siting", SITING | {"new": None}, "new"),
        ("siting", SITING | {"aim": "cover"}, "within_minutes"),
        ("siting", SITING | {"aim": "nearest"}, "aim"),
        ("siting", SITING | {"kinds": [{"kind": "shelter", "least": 3}]}, "kinds[0].least"),
        ("siting", SITING | {"seconds": [[1, 2, 3]]}, "seconds"),
    ],
)
def test_other_kinds_name_their_fields_too(decide: Decide, kind: str, question: Any, field: str) -> None:
    code, problem = decide(kind, question)
    assert (code, problem["errors"][0]["field"]) == (1, field)


def test_what_must_be_and_cannot_is_infeasible(decide: Decide) -> None:
    answer = decide("dispatch", {"needs": [{"capability": "medical", "count": 2}], "teams": []})[1]
    assert (answer["status"], answer["objective"], answer["unmet"][0]["missing"]) == ("infeasible", 2, 2)


def test_two_incidents_share_their_teams_so_that_the_last_comes_soonest(decide: Decide) -> None:
    answer = decide("dispatch", TOGETHER)[1]
    assert (answer["status"], answer["proven"], answer["objective"], answer["bound"]) == ("optimal", True, 0, 0)
    assert [(one["incident"], one["team"], one["seconds"]) for one in answer["choice"]] == [(1, 8, 480), (2, 7, 300)]
    assert (answer["worth"]["latest_must"], answer["worth"]["total_must"]) == (8, 13)
    assert answer["worth"] == answer["bounds"]
    passed = {(one["incident"], one["team"]): one["reasons"][0]["zh"] for one in answer["not_chosen"]}
    assert passed[1, 7] == "本方案派往：北线事故"
    assert (answer["without"], answer["runner_up"]) == ([], None)


def test_two_incidents_say_what_each_choice_costs_to_leave_out_when_asked(decide: Decide) -> None:
    answer = decide("dispatch", TOGETHER | {"without": True})[1]
    assert answer["runner_up"]["level"] == "latest_must"
    assert answer["runner_up"]["loss"] == 52  # 60 minutes instead of 8
    assert all(one["reason"]["zh"] and one["reason"]["en"] for one in answer["without"])


def test_where_no_road_leads_nobody_is_sent(decide: Decide) -> None:
    ways = [{"team": 7, "incident": 1}, {"team": 8, "incident": 1}]
    answer = decide("dispatch", TOGETHER | {"seconds": [[None, 300], [None, None]], "no_road": ways})[1]
    assert (answer["status"], answer["objective"]) == ("infeasible", 1)
    assert [(one["incident"], one["team"]) for one in answer["choice"]] == [(2, 7)]
    (unmet,) = answer["unmet"]
    assert (unmet["incident"], unmet["best"]) == (1, 7)


def test_a_siting_is_proven_and_says_what_the_next_one_would_bring(decide: Decide) -> None:
    answer = decide("siting", SITING | {"new": 2})[1]
    assert (answer["status"], answer["objective"], answer["bound"]) == ("optimal", 961_200, 961_200)
    assert [one["site"] for one in answer["choice"]] == ["S-07", "S-12"]  # 1830 × 240, 620 × 660, 940 × 120
    assert [one["sites"] for one in answer["curve"]] == [["S-07"], ["S-07", "S-12"]]
    assert answer["unmet"] == []
    assert all(one["zh"] and one["en"] for one in answer["reasons"])


def test_a_siting_names_who_is_left_out(decide: Decide) -> None:
    answer = decide("siting", SITING | {"seconds": [[1500, 240, 1920], [2100, 660, None], [None, None, None]]})[1]
    assert (answer["status"], answer["worth"]["left_out"]) == ("infeasible", 940)
    assert (answer["unreachable"], answer["reasons"][0]["code"]) == (["610118014204"], "unreachable")


@pytest.mark.parametrize("text", ["", "{", "[]", '"a"', "\x00"])
def test_what_is_no_question_at_all_is_said_to_be_none(decide: Decide, text: str) -> None:
    code, problem = decide("coverage", text)
    assert code == 1
    assert problem["errors"]


def test_a_file_that_is_not_there_is_named(decide: Decide, tmp_path: Path) -> None:
    code, problem = decide("coverage", None, str(tmp_path / "gone.json"))
    assert code == 1
    assert "gone.json" in problem["detail"]
    assert decide("coverage")[0] == 2


def test_a_kind_that_is_none_names_those_there_are() -> None:
    with pytest.raises(CommandError, match="coverage"):
        call_command("decide", "fortune")
