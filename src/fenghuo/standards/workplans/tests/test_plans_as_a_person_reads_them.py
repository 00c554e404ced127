"""Every clause, unit, day and quota of four plans, against lists that a person wrote before the parser saw them."""

import pytest

from fenghuo.standards.workplans import DraftPlan, Why, read_plan

from .expected import PLANS, Clause, Expected, even, expected, said

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in PLANS.iterdir() if path.suffix != ".toml"}
READ = {name: (expected(name), read_plan(text)) for name, text in TEXTS.items()}


def found(draft: DraftPlan, clause: Clause) -> list[dict[str, object]]:
    """What the draft says of this clause, with the texts cut as the list cuts them."""
    targets = next(one for one in draft.clauses if one.number == clause.number).targets
    told = []
    for place, target in enumerate(targets):
        values = vars(said(target))
        wanted = clause.targets[place] if place < len(clause.targets) else None
        told.append(values | ({"text": wanted.text} if wanted and wanted.is_text_of(target.text) else {}))
    return told


@pytest.mark.parametrize("name", READ)
def test_title_year_chapters_and_clauses(name: str) -> None:
    wanted, draft = READ[name]
    assert (even(draft.title), draft.year) == (wanted.title, wanted.year)
    assert [even(chapter.title) for chapter in draft.chapters] == wanted.chapters
    assert [(one.number, even(one.title)) for one in draft.clauses] == [
        (one.number, one.title) for one in wanted.clauses
    ]


@pytest.mark.parametrize("name", READ)
def test_missing_numbers(name: str) -> None:
    wanted, draft = READ[name]
    assert [one.number for one in draft.doubts if one.code == Why.CLAUSE_MISSING] == wanted.gaps


CLAUSES = [(wanted, draft, clause) for wanted, draft in READ.values() for clause in wanted.clauses]


@pytest.mark.parametrize(
    ("wanted", "draft", "clause"), CLAUSES, ids=[f"{one[0].year}-{one[2].number}" for one in CLAUSES]
)
def test_targets_units_days_and_quotas(wanted: Expected, draft: DraftPlan, clause: Clause) -> None:
    def as_said(target: dict[str, object]) -> dict[str, object]:
        lists = {name: [even(one) for one in target[name]] for name in ("lead", "supporting", "receiving")}  # type: ignore[attr-defined]
        return target | lists

    assert found(draft, clause) == [as_said(dict(vars(target))) for target in clause.targets]


def test_the_seed_holds_about_forty_targets() -> None:
    wanted, _draft = READ["county-2012"]
    assert sum(len(clause.targets) for clause in wanted.clauses) == 44
