from pathlib import Path

from fenghuo.standards.plan_checks import COLUMNS, check_questions, own_flaws


def test_what_is_shipped_can_be_used_and_says_how_certain_it_is() -> None:
    questions = check_questions()
    assert len(questions) >= 10
    assert all(one.cited for one in questions.values())
    # None of them claims to be the law's wording.
    assert not [one.id for one in questions.values() if one.certainty == "V"]


def test_a_county_puts_its_own_in_their_place(tmp_path: Path) -> None:
    own = tmp_path / "plan_checks.csv"
    own.write_text(
        f"{','.join(COLUMNS)}\ndrill,school,COUNTY,,?,,,学期演练,a drill\nbell,,COUNTY,,?,,,铃响,a bell\n",
        encoding="utf-8",
    )
    questions = check_questions(own)
    assert questions["drill"].zh == "学期演练"
    assert questions["drill"].who == {"school"}
    assert "bell" in questions
    assert own_flaws(own) == []


def test_a_slip_of_the_pen_is_named_and_stops_nothing(tmp_path: Path) -> None:
    own = tmp_path / "plan_checks.csv"
    own.write_text(f"{','.join(COLUMNS)}\nx,castle,COUNTY,,?,,,城堡,castle\n", encoding="utf-8")
    assert "castle" in own_flaws(own)[0]
    assert check_questions(own) == check_questions()
