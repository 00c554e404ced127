"""The county's rules on posts: read as data, refused with line and value, never called law."""

import pytest

from fenghuo.readiness.organisations.rules import apart, needed, read_apart, read_needed

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
        read_needed([HEAD, row])
    assert "line 2 (x)" in str(refused.value)


def test_an_unknown_role_of_two_apart_is_named() -> None:
    with pytest.raises(ValueError, match="king"):
        read_apart(["id,one,other,source,certainty,zh,en", "x,head,king,COUNTY,?,a,b"])
