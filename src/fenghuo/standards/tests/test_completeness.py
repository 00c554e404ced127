from pathlib import Path

from fenghuo.standards.completeness import COLUMNS, RULES, completeness_rules, own_flaws

HEAD = ",".join(COLUMNS)


def test_nothing_uncertain_is_called_law() -> None:
    rules = completeness_rules().values()
    assert len(rules) > 5
    assert {rule.cited for rule in rules if rule.certainty == "?"} == {"本县设定"}
    assert all(rule.zh and rule.en for rule in rules)


def test_the_countys_rows_replace_those_of_the_same_id(tmp_path: Path) -> None:
    own = tmp_path / "completeness.csv"
    own.write_text(
        f"{HEAD}\nunit-checked,@all,unit.checked_within,30,COUNTY,,?,,,每月核实,monthly\n", encoding="utf-8-sig"
    )
    assert completeness_rules(own)["unit-checked"].amount == 30
    assert len(completeness_rules(own)) == len(completeness_rules())
    assert own_flaws(own) == []


def test_a_slip_of_the_pen_stops_nothing_and_is_named(tmp_path: Path) -> None:
    own = tmp_path / "completeness.csv"
    rows = (
        "a,@all,unit.position,x,COUNTY,,?,,,甲,a",
        "b,@all,unit.position,,NOLAW,,?,,,乙,b",
        "c,@all,,,COUNTY,,?,,,丙,c",
    )
    own.write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    assert completeness_rules(own) == completeness_rules()
    flaws = own_flaws(own)
    assert len(flaws) == 3
    assert all(f"line {place}" in flaw for place, flaw in enumerate(flaws, 2))
    own.write_bytes("编号,".encode("gbk"))
    assert own_flaws(own) == ["completeness: the file is not written in UTF-8"]
    assert RULES.what_can(["id,kinds"])[1] != []
