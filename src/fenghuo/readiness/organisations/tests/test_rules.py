"""The county's rules on posts: read as data, refused with line and value, never called law."""

from pathlib import Path
from typing import Any

import pytest

from fenghuo.readiness.organisations.rules import APART, NEEDED, apart, needed, own_flaws

HEAD = "id,kinds,roles,part,source,certainty,zh,en"


def test_what_is_shipped_can_be_read_and_calls_itself_no_law() -> None:
    assert {rule.certainty for rule in needed()} | {rule.certainty for rule in apart()} == {"?"}
    assert {rule.source for rule in needed()} | {rule.source for rule in apart()} == {"COUNTY"}
    assert len({rule.id for rule in needed()}) == len(needed())


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,castle,head,leading,COUNTY,?,a,b", "castle"),
        ("x,school,king,leading,COUNTY,?,a,b", "king"),
        ("x,school,head,attic,COUNTY,?,a,b", "attic"),
        ("x,school,head,leading,NOWHERE,?,a,b", "NOWHERE"),
        ("x,school,head,leading,COUNTY,V,a,b", "not law"),
    ],
)
def test_a_wrong_row_is_named(row: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as refused:
        NEEDED.rows_of([HEAD, row])
    assert "line 2 (x)" in str(refused.value)


def test_an_unknown_role_of_two_apart_is_named() -> None:
    with pytest.raises(ValueError, match="king"):
        APART.rows_of(["id,one,other,source,certainty,zh,en", "x,head,king,COUNTY,?,a,b"])


def test_a_countys_rows_replace_and_add(settings: Any, tmp_path: Path) -> None:
    shipped = needed()
    settings.OWN_POSTS_NEEDED = tmp_path / "posts_needed.csv"
    rows = [
        f"{shipped[0].id},,head,leading,COUNTY,?,不设,not here",
        "x,school,head,leading,COUNTY,?,学校应有校长,a head",
    ]
    settings.OWN_POSTS_NEEDED.write_text("\n".join([HEAD, *rows]), encoding="utf-8-sig")
    assert needed()[0].kinds == ()
    assert [rule.id for rule in needed()] == [*(rule.id for rule in shipped), "x"]
    assert own_flaws() == []


def test_a_countys_broken_file_is_named_and_not_in_force(settings: Any, tmp_path: Path) -> None:
    shipped = apart()
    settings.OWN_POSTS_APART = tmp_path / "posts_apart.csv"
    settings.OWN_POSTS_APART.write_text("id,one,other,source,certainty,zh,en\nx,head,king,COUNTY,?,a,b")
    assert apart() == shipped
    assert [flaw for flaw in own_flaws() if "posts apart" in flaw and "king" in flaw]
